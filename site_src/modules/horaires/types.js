/**
 * Shapes of the opening engine. `DonneesRegle` and `DonneesCalendriers` are written by the Python package
 * (`carte.hours`), defaults left out. Instants are milliseconds since 1970 (UTC), days are numbered from 1970-01-01,
 * minutes from midnight.
 *
 * @typedef {"ouvert" | "ferme" | "sur_rendez_vous" | "inconnu"} Etat
 * @typedef {[number, number, number]} Borne  year or 0, month or 0 (Easter), day or offset
 * @typedef {[number, number, number]} Pas  first, last, step
 * @typedef {{ separateur?: ";" | "," | "||", sens?: "open" | "off" | "unknown" | "rdv", commentaire?: string,
 *   annees?: Pas[], dates?: [Borne, Borne][], semaines?: Pas[], jours?: number, rangs?: [number, number][],
 *   feries?: boolean, vacances?: boolean, conjonction?: boolean, heures?: [number, number, boolean][] }} DonneesRegle
 * @typedef {Required<DonneesRegle> & { plages: Segment[], nuit: boolean }} Regle  `nuit`: hours past midnight
 * @typedef {{ regles: Regle[], defaut: Etat, vacances: boolean }} Horaires  `defaut`: a day that no rule speaks of
 * @typedef {{ debut: number, fin: number, etat: Etat, commentaire: string }} Segment  part of a day, in minutes
 * @typedef {{ debut: number, fin: number, etat: Etat }} Periode  two instants
 * @typedef {{ annee: number, mois: number, jour: number, jourSemaine: number, semaine: number, rang: number,
 *   rangFin: number, ferie: string | null, vacances: boolean | null }} Jour  `jourSemaine`: 0 is Monday
 * @typedef {{ fixes: [number, number, string][], mobiles: [number, string][] }} Feries
 * @typedef {{ nationaux: Feries, departements: Record<string, Feries & { fuseau: string, zone: string | null }>,
 *   communes: Record<string, string>,
 *   ecole: { du: string, au: string, ponts: string[], zones: Record<string, [string, string, string][]> }
 *   }} DonneesCalendriers
 * @typedef {{ fuseau: import("./fuseau.js").Fuseau, jour: (numero: number) => Jour }} Calendrier
 * @typedef {{ du: string, au: string, motif?: string | null }} Fermeture  ISO days, both closed
 * @typedef {{ jour: number, nom: string, texte: string, precise: boolean }} JourParticulier
 * @typedef {{ horaires: Horaires | null, frequence: string, ancre: number | null }} Arret  `ancre`: day of a known call
 * @typedef {{ jour: number, plages: [number, number][] }} Passage  no `plages`: unknown hours
 */

export {};
