/**
 * Shapes shared by the modules of the search.
 *
 * @typedef {{ code: string, nom: string, codesPostaux: string[], lat: number | null, lon: number | null,
 *   departement: string }} Commune
 * @typedef {{ code: string, nom: string, fichier: string, lieux: number,
 *   cadre: [number, number, number, number] | null }} Departement  `cadre`: west, south, east, north
 * @typedef {{ cle: string, libelle: string, masque: number }} Choix  a family or a need: `masque` holds its services
 * @typedef {{ familles: Choix[], besoins: Choix[], departements: Departement[], communes: Commune[] }} Index
 * @typedef {{ id: string, nom: string, codeInsee: string, commune: string, adresse: string, lat: number | null,
 *   lon: number | null, services: number, types: string, horaires: string, telephone: string,
 *   arret: string }} Point  one place, or one stop of a tour; `services` is a bit mask of services
 * @typedef {{ point: Point, km: number | null, approche: boolean }} Resultat  `approche`: distance to the commune
 * @typedef {{ ou: string, commune: string, pour: string[] }} Etat
 */

export {};
