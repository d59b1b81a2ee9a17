// The box: proposes communes while one types, then understands what was asked; « autour de moi » on request only.

import { geocoder, ressembleAUneAdresse } from "./adresses.js";
import { ASSEZ } from "./communes.js";
import { un } from "../commun/elements.js";
import { propositions } from "./propositions.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {{ nom: string, etat: Partial<Etat> }} Proposition */

const PAUSE_MS = 600;
const ICI_DELAI_MS = 15_000;

/**
 * @param {HTMLElement} bloc @param {ReturnType<typeof import("./donnees.js").ouvrir>} donnees
 * @param {{ changer: (etat: Partial<Etat>) => Promise<void>, dire: (texte: string) => void,
 *   rienTrouve: () => boolean }} suites
 */
export function saisie(bloc, donnees, { changer, dire, rienTrouve }) {
  const champ = /** @type {HTMLInputElement} */ (un(bloc, "input[name=ou]"));
  const annonce = /** @type {HTMLElement} */ (un(bloc, "[data-annonce]"));
  const service = bloc.dataset.geocodage ?? "";
  const liste = propositions(champ, un(bloc, "#recherche-propositions"), {
    nommer: (/** @type {Proposition} */ p) => p.nom,
    choisir: (p) => rater(changer(p.etat)),
    annoncer: (n) => (annonce.textContent = textes.propositions(n)),
  });

  /** @param {Promise<void>} promesse */
  const rater = (promesse) => promesse.catch(() => dire(textes.echec));

  /** @param {Commune} c */
  const versCommune = (c) => ({ ou: c.actuel || c.nom, commune: c.code, point: null });

  /** @param {Commune[]} communes @returns {Promise<Proposition[]>} */
  async function enPropositions(communes) {
    const { index } = await donnees.pret();
    return communes.map((c) => ({ nom: nommer(c, index.noms), etat: versCommune(c) }));
  }

  async function proposer() {
    const texte = champ.value;
    if (texte.trim().length < 2) {
      liste.fermer();
      return void (await (await donnees.pret()).communes.preparer(texte));
    }
    const { communes } = await donnees.pret();
    const debut = await communes.commencer(texte);
    if (debut?.length) await proposerCelles(debut, texte);
    if (!debut || debut.length >= ASSEZ) return debut?.length ? undefined : direAbsence(debut, texte);
    // What is sure shows at once; what a typo may hide comes after it, when the person looks up.
    if (debut.length) await new Promise((suite) => setTimeout(suite, PAUSE_MS));
    if (perime(texte)) return;
    const toutes = (await communes.completer(texte, debut)) ?? [];
    if (toutes.length > debut.length) await proposerCelles(toutes, texte, debut.length > 0);
    else if (!debut.length) direAbsence(toutes, texte);
  }

  /** Nothing is shown for a text that is no longer that of the box. @param {string} texte */
  const perime = (texte) => texte !== champ.value || document.activeElement !== champ;

  /** @param {Commune[]} communes @param {string} texte @param {boolean} [suite] they start with those that are shown */
  async function proposerCelles(communes, texte, suite = false) {
    const nouvelles = await enPropositions(communes);
    if (!perime(texte)) liste.montrer(nouvelles, suite);
  }

  /** @param {Commune[] | null} trouvees @param {string} texte */
  function direAbsence(trouvees, texte) {
    if (perime(texte)) return;
    liste.fermer();
    annonce.textContent = trouvees ? textes.propositions(0) : textes.encore;
  }

  /** What the person typed: one commune, several, an address, or the name of a place. */
  async function soumettre() {
    const texte = champ.value.trim();
    liste.fermer();
    if (!texte) return changer({ ou: "", commune: "", point: null });
    const { communes } = await donnees.pret();
    const exactes = await communes.exactes(texte);
    const seule = exactes.length === 1 ? exactes[0] : undefined;
    if (seule) return changer(versCommune(seule));
    if (exactes.length > 1) return choisirParmi(await enPropositions(exactes), textes.plusieurs);
    if (ressembleAUneAdresse(texte)) {
      if (service && (await parAdresse(texte))) return undefined;
      const citees = await communesCitees(texte, communes.exactes);
      if (citees.length === 1 && citees[0]) return changer(versCommune(citees[0]));
      if (citees.length) return choisirParmi(await enPropositions(citees), textes.plusieurs);
    }
    await changer({ ou: texte, commune: "", point: null });
    const proches = (await communes.chercher(texte)) ?? [];
    if (document.activeElement !== champ || !proches.length) return undefined;
    liste.montrer(await enPropositions(proches));
    if (rienTrouve()) dire(textes.proches);
    return undefined;
  }

  /** @param {Proposition[]} choix @param {string} message */
  function choisirParmi(choix, message) {
    champ.focus();
    liste.montrer(choix);
    dire(message);
  }

  /** @param {string} texte @returns {Promise<boolean>} whether the service gave something to choose */
  async function parAdresse(texte) {
    const trouvees = await geocoder(service, texte);
    if (!trouvees) annonce.textContent = textes.sansAdresses;
    if (!trouvees?.length) return false;
    const choix = trouvees.map(({ libelle, lat, lon }) => ({
      nom: libelle,
      etat: { ou: libelle, commune: "", point: /** @type {[number, number]} */ ([lat, lon]) },
    }));
    choisirParmi(choix, textes.plusieursAdresses);
    return true;
  }

  champ.addEventListener("input", () => rater(proposer().then(() => {})));
  un(bloc, "form").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    rater(Promise.resolve(soumettre()).then(() => {}));
  });

  const ici = /** @type {HTMLButtonElement} */ (un(bloc, "[data-ici]"));
  ici.hidden = !("geolocation" in navigator);
  ici.addEventListener("click", () => {
    dire(textes.iciCherche);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => rater(changer({ ou: "", commune: "", point: [coords.latitude, coords.longitude] })),
      () => dire(textes.iciRefuse),
      { timeout: ICI_DELAI_MS, maximumAge: 60_000 },
    );
  });

  return {
    /** @param {string} texte */
    ecrire(texte) {
      if (document.activeElement !== champ || champ.value.trim() === "" || texte) champ.value = texte;
    },
  };
}

/**
 * The communes that an address ends with: « 12 rue Pasteur 99000 Valbourg », « 12 rue Pasteur, Valbourg ».
 * @param {string} texte @param {(texte: string) => Promise<Commune[]>} exactes
 */
export async function communesCitees(texte, exactes) {
  const morceaux = texte.split(/[\s,]+/).filter(Boolean);
  for (let rang = 1; rang < morceaux.length; rang += 1) {
    const trouvees = await exactes(morceaux.slice(rang).join(" "));
    if (trouvees.length) return trouvees;
  }
  return [];
}

/**
 * « Saint-Denis (93200), Seine-Saint-Denis »; a former name says the present one.
 * @param {Commune} commune @param {Record<string, string>} departements
 */
function nommer({ nom, actuel, codesPostaux, departement }, departements) {
  const codes = codesPostaux.length > 2 ? `${codesPostaux[0]}…` : codesPostaux.join(", ");
  const present = actuel ? `, aujourd’hui ${actuel}` : "";
  return `${nom}${present} (${codes || departement}), ${departements[departement] ?? departement}`;
}
