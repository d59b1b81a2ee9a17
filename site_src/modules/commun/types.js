/**
 * Shapes shared by the modules of the search. Days count from 1970-01-01.
 *
 * @typedef {{ nom: string, code: string, codesPostaux: string[], lat: number | null, lon: number | null,
 *   actuel: string, partie: string, departement: string,
 *   route: number | null, approche: boolean }} Commune  `actuel`: present name, when `nom` is a former one;
 *   `partie`: code of a part of the commune `code`, which one may start from; `route`: rank of its sort of commune in the
 *   index's `trajets`, null when that is not known;
 *   `approche`: one does not know where its centre is
 * @typedef {{ fichier?: string, dossier?: string, seaux?: string, courants?: string }} Repertoire
 * @typedef {{ nom: string, id: string, commune: string }} NomDeLieu
 * @typedef {{ code: string, fichier: string,
 *   cadre: [number, number, number, number] | null, cases: number[] }} Eclat  places of a département, or some of them when
 *   it has many; `cadre`: west, south, east, north; `cases`: quarters of a degree that have a place, as gaps
 * @typedef {{ cle: string, libelle: string, masque: number }} Choix  a family or a need: `masque` holds its services
 * @typedef {{ cle: string, libelle: string, rang: number }} Valeur
 * @typedef {{ cle: string, libelle: string, toutes: boolean, valeurs: Valeur[] }} Facette
 * @typedef {{ voiture: number, velo: number, pied: number }} Milieu  minutes per kilometre of straight line, by mode, in
 *   a sort of commune
 * @typedef {{ nom: string, passage: string, ile: boolean, cotes: Record<string, number>, departements: string[],
 *   cadre: [number, number, number, number] | null, minutes: number | null }} Barriere  what no straight line crosses
 *   (see `carte.publish.search.barrieres`)
 * @typedef {{ familles: Choix[], besoins: Choix[], eclats: Eclat[], noms: Record<string, string>,
 *   communes: Repertoire & { codes?: string, tetes?: string, connues?: string,
 *   postaux?: Record<string, string[]> }, propres: string[], lieux: Repertoire, ailleurs: Repertoire | null,
 *   questions: { cle: string, libelle: string, groupe: string }[], facettes: Facette[], types: Record<string, string>,
 *   trajets: Milieu[], barrieres: Barriere[], publie: number, fraisPendant: number, ancienPendant: number, calendriers: import("../horaires/types.js").DonneesCalendriers }} Index
 * @typedef {{ id: string, departement: string, nom: string, codeInsee: string, commune: string,
 *   route: number | null, adresse: string,
 *   lat: number | null, lon: number | null, approche: boolean, sansAccueil: boolean, ferme: boolean, services: number,
 *   types: string[], genre: string, horaires: string, regles: import("../horaires/types.js").Horaires | null, telephone: string, verifie: number,
 *   pass: number, oui: number, connu: number, facettes: Record<string, number[]>, arret: string,
 *   tournee: import("../horaires/types.js").Arret | null }} Point  one place, or one stop of a tour; `approche`: it
 *   is met somewhere in its commune; `sansAccueil`: it receives nobody; `ferme`: it has closed for good; `genre`: its
 *   types in words; `horaires`: one line; `facettes`: ranks of its values, by facet
 * @typedef {{ lat: number | null, lon: number | null, nom: string, departement: string, code?: string,
 *   route?: number | null, approche?: boolean }} Depart  where one searches from; `code`: of its commune, when it is known
 * @typedef {{ point: Point, km: number | null, entre: Barriere[] }} Resultat  `entre`: what parts it from here
 * @typedef {"compris" | "attendus" | "absents"} Voisins  whether the neighbouring départements are in the results: yes,
 *   not yet, or not because some could not be loaded
 * @typedef {{ lieux: number, departements: number, flou: boolean }} Reste  places of a name in départements that are not
 *   opened; `flou`: there may be more, that only another word would tell
 * @typedef {{ ou: string, commune: string, point: [number, number] | null, pour: string[], quand: string,
 *   avec: string[], choix: Record<string, string[]>, inconnus: boolean, zone: Zone | null }} Etat  `zone`: of
 *   the map, where the places must be
 * @typedef {[number, number, number, number]} Zone  west, south, east, north, in degrees
 * @typedef {{ cle: string, valeur: string, libelle: string }} Critere  one choice that can be dropped
 */

export {};
