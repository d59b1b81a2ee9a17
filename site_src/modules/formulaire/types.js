/**
 * Shapes of the form. `Modele` is written by `carte.publish.formulaire.modele`, from the model and the rules.
 *
 * @typedef {{ nom: string, titre: string, aide: string, sorte: "texte" | "date" | "nombre" | "entier" | "oui_non" | "partie",
 *   requis?: boolean, liste?: boolean, table?: boolean, partie?: string, court?: number, long?: number, min?: number,
 *   max?: number, moins?: number, vocabulaire?: string, forme?: string, siDite?: boolean, exemple?: string | number | boolean }} Champ  `siDite`: required only when
 *   its part is said at all
 * @typedef {[string, string, string, string[], string[], string[], string]} Valeur  value, label, description, other
 *   spellings, words of 2022, services (of a need), family (of a service)
 * @typedef {{ valeurs: Valeur[], sans: [string, string][] }} Vocabulaire
 * @typedef {{ outreMer: Record<string, string>, partages: Record<string, string[]>, chiffres: Record<string, number[]> }} Numeros
 * @typedef {{ champs: Champ[], parties: Record<string, Champ[]>, vocabulaires: Record<string, Vocabulaire>,
 *   refuses: Record<string, string>, autresNoms: Record<string, string[]>, boites: [number, number, number, number][], moyens: string[],
 *   itinerant: string, prives: string[], personnes: Personnes, silences: Silences, telephone: Numeros, enClair?: Record<string, string> }} Modele  `enClair`: of the record, its
 *   hours that do not hold in a week → in French
 * @typedef {{ prenoms: string[], fournisseurs: string[], lieux: string[], services: string[], titres: string[],
 *   sansNom: string[], mobiles: string[], phrases: Record<string, string>, accord: string }} Personnes
 * @typedef {{ mots: string[], long: number, facultatif: string, obligatoire: string, saut: string }} Silences
 * @typedef {(string | number)[]} Chemin
 * @typedef {{ message: string, conseil?: boolean }} Avis
 * @typedef {{ chemin: Chemin, message: string, regle: string, conseil?: boolean, depend?: Chemin[] }} Faute
 * @typedef {Record<string, any>} Fiche  a record as its file says it; days are ISO texts
 * @typedef {{ element: HTMLElement, lire: () => any, montrer: (fautes: Faute[]) => void, fautes?: () => Faute[] }} Composant  what
 *   asks for one value: `lire` gives it, undefined when nothing is said; `montrer` takes the faults of the value and of its
 *   parts, their paths from it; `fautes`: what the person wrote that is no value at all
 */

export {};
