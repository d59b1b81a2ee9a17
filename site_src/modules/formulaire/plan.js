// In what order the form asks: which fields of the model stand in which section. A field that is named nowhere here stands
// in the last section: none is forgotten.

/** @type {[string, string[]][]} */
const PLAN = [
  ["lieu", ["nom", "typologie", "structure_parente", "itinerance", "pivot"]],
  ["ou", ["adresse", "complement_adresse", "code_postal", "commune", "code_insee", "latitude", "longitude"]],
  ["services", ["services"]],
  ["contact", ["telephone", "courriels", "site_web", "modalites_acces", "prise_rdv"]],
  ["horaires", ["horaires", "horaires_detail"]],
  ["fermetures", ["fermetures", "date_ouverture", "date_fermeture"]],
  ["prix", ["frais_a_charge", "pass_numerique", "publics_specifiquement_adresses", "prise_en_charge_specifique"]],
  ["aide", ["modalites_accompagnement", "formats", "postures"]],
  ["acces", ["accessibilite", "fiche_acces_libre", "equipements"]],
  ["tournee", ["permanences", "tournee", "tournee_a_preciser"]],
  ["presentation", ["presentation_resume", "presentation_detail"]],
  ["reseaux", ["labels", "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels"]],
  ["source", ["source"]],
];
/** Open at once: what most records say. */
export const OUVERTES = new Set(["lieu", "ou", "services", "contact", "horaires", "source"]);
/** Told by the commune and by the map: asked for last, folded. */
export const DEDUITS = new Set(["code_insee", "latitude", "longitude"]);
/** Kept as they are: the form writes the first ones itself, and has no question for the others. */
const SANS_QUESTION = new Set(["date_maj", "verifie_le", "services_absents", "familles_absentes", "familles_declarees", "anciens_identifiants", "doublon_de", "distinct_de", "provenance"]);

/** Section → its fields. @param {import("./types.js").Champ[]} champs @returns {[string, import("./types.js").Champ[]][]} */
export function sections(champs) {
  const places = new Map(PLAN.flatMap(([section, noms]) => noms.map((nom) => [nom, section])));
  const oublies = champs.filter(({ nom }) => !places.has(nom) && !SANS_QUESTION.has(nom));
  return PLAN.map(([section, noms]) => {
    const dits = noms.flatMap((nom) => champs.filter((champ) => champ.nom === nom));
    return [section, section === "source" ? [...oublies, ...dits] : dits];
  });
}
