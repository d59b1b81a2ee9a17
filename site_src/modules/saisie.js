// The box: proposes communes while one types, then understands what was asked; « autour de moi » on request only.

import { geocoder, ressembleAUneAdresse } from "./adresses.js";
import { un } from "./elements.js";
import { propositions } from "./propositions.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Commune} Commune */
/** @typedef {import("./types.js").Etat} Etat */
/** @typedef {{ nom: string, etat: Partial<Etat> }} Proposition */

const ICI_DELAI_MS = 15_000;

/**
 * @param {HTMLElement} bloc @param {ReturnType<typeof import("./donnees.js").ouvrir>} donnees
 * @param {{ changer: (etat: Partial<Etat>) => Promise<void>, dire: (texte: string) => void }} suites
 */
export function saisie(bloc, donnees, { changer, dire }) {
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
    if (texte.trim().length < 2) return liste.montrer([]);
    const { communes } = await donnees.pret();
    const trouvees = await communes.chercher(texte);
    const nouvelles = await enPropositions(trouvees ?? []);
    if (texte !== champ.value || document.activeElement !== champ) return;
    liste.montrer(nouvelles);
    if (!nouvelles.length) annonce.textContent = trouvees ? textes.propositions(0) : textes.encore;
    performance.mark("carte:propositions");
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
    if (document.activeElement === champ && proches.length) liste.montrer(await enPropositions(proches));
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
