// The box: proposes communes while one types, then understands what was asked; « autour de moi » on request only.

import { geocoder } from "./adresses.js";
import { ASSEZ, codeDe } from "./communes.js";
import { devinerDemande, entendre } from "./entendre.js";
import { un } from "../commun/elements.js";
import { Propositions } from "./propositions.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {{ nom: string, etat: Partial<Etat> }} Proposition */

const PAUSE_MS = 600;
const ATTENTE_MS = 300;
const ICI_DELAI_MS = 15_000;
// Beside the places of a name, a few communes are enough.
const A_COTE = 3;

/** @typedef {{ changer: (etat: Partial<Etat>, note?: string, hors?: boolean) => Promise<void>, dire: (texte: string) => void,
 *   rater: () => void, rienTrouve: () => boolean, depart: () => Partial<Etat>, sansPosition: () => void }} Suites  what the page does of what was
 *   understood; `depart`: where one searches from; `sansPosition`: the device does not tell it */

export class Saisie {
  #champ;
  #annonce;
  #liste;
  #message;
  // What was asked last: what comes late for something else is not shown.
  #tour = 0;

  /**
   * @param {HTMLElement} bloc @param {ReturnType<typeof import("./donnees.js").ouvrir>} donnees @param {Suites} suites
   */
  constructor(bloc, donnees, suites) {
    this.donnees = donnees;
    this.suites = suites;
    this.service = bloc.dataset.geocodage ?? "";
    this.#champ = /** @type {HTMLInputElement} */ (un(bloc, "input[name=ou]"));
    this.#message = /** @type {HTMLElement} */ (un(bloc, "[data-message]"));
    this.#annonce = /** @type {HTMLElement} */ (un(bloc, "[data-annonce]"));
    /** @type {Propositions<Proposition>} */
    this.#liste = new Propositions(this.#champ, un(bloc, "#recherche-propositions"), /** @type {HTMLElement} */ (un(bloc, "[data-question]")), {
      nommer: (p) => p.nom,
      choisir: (p) => {
        this.#tour += 1;
        this.#rater(suites.changer(p.etat));
      },
      annoncer: (n) => (this.#annonce.textContent = textes.propositions(n)),
    });
    this.#champ.addEventListener("input", () => {
      this.#message.textContent = "";
      this.#rater(this.#proposer());
    });
    this.#champ.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#tour += 1;
    });
    un(bloc, "form").addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      this.#rater(this.#soumettre());
    });
    this.#offrirIci(/** @type {HTMLButtonElement} */ (un(bloc, "[data-ici]")));
  }

  /** @param {string} texte */
  ecrire(texte) {
    const champ = this.#champ;
    if (document.activeElement !== champ || champ.value.trim() === "" || texte) champ.value = texte;
  }

  /** @param {Promise<unknown>} promesse */
  #rater(promesse) {
    promesse.catch(this.suites.rater);
  }

  /** @param {Commune[]} communes @param {Partial<Etat>} [etat] what is asked besides @returns {Promise<Proposition[]>} */
  async #enPropositions(communes, etat = {}) {
    const { index } = await this.donnees.pret();
    return communes.map((c) => ({ nom: nommer(c, index.noms), etat: { ...etat, ...versCommune(c) } }));
  }

  async #proposer() {
    const [texte, tour] = [this.#champ.value, ++this.#tour];
    if (texte.trim().length < 2) {
      this.#liste.fermer();
      return (await this.donnees.pret()).communes.preparer(texte);
    }
    const { communes } = await this.donnees.pret();
    const debut = await communes.commencer(texte);
    if (!debut?.length && (await this.#proposerDemande(texte, tour))) return undefined;
    if (debut?.length) await this.#proposerCelles(debut, tour);
    if (!debut || debut.length >= ASSEZ) return debut?.length ? undefined : this.#direAbsence(debut, tour);
    // What is sure shows at once; what a typo may hide comes after it, when the person looks up.
    if (debut.length) await new Promise((suite) => setTimeout(suite, PAUSE_MS));
    if (this.#perime(tour)) return undefined;
    const toutes = (await communes.completer(texte, debut)) ?? [];
    if (toutes.length > debut.length) await this.#proposerCelles(toutes, tour, debut.length > 0);
    else if (!debut.length) this.#direAbsence(toutes, tour);
    return undefined;
  }

  /** A need, an equipment, a network…, and the communes whose name begins as the rest. @param {string} texte @param {number} tour */
  async #proposerDemande(texte, tour) {
    const devinees = await devinerDemande(texte, this.donnees);
    if (!devinees.length || this.#perime(tour)) return false;
    const { noms } = (await this.donnees.pret()).index;
    this.#liste.montrer(
      devinees.map(({ libelle, etat, commune }) => ({
        nom: commune ? `${libelle}, ${nommer(commune, noms)}` : libelle,
        etat: { ...etat, ...(commune ? versCommune(commune) : this.suites.depart()) },
      })),
    );
    return true;
  }

  /** Nothing is proposed for a text that is no longer that of the box, nor once it is searched, or answered.
   * @param {number} tour */
  #perime(tour) {
    return tour !== this.#tour || document.activeElement !== this.#champ;
  }

  /** @param {Commune[]} communes @param {number} tour @param {boolean} [suite] they start with those that are shown */
  async #proposerCelles(communes, tour, suite = false) {
    const nouvelles = await this.#enPropositions(communes);
    if (!this.#perime(tour)) this.#liste.montrer(nouvelles, suite);
  }

  /** @param {Commune[] | null} trouvees @param {number} tour */
  #direAbsence(trouvees, tour) {
    if (this.#perime(tour)) return;
    this.#liste.fermer();
    this.#annonce.textContent = trouvees ? textes.propositions(0) : textes.encore;
  }

  #soumettre() {
    const texte = this.#champ.value.trim();
    this.#tour += 1;
    this.#liste.fermer();
    if (!texte) return this.suites.changer(NULLE_PART);
    // On a slow line, who pressed the button sees that it was heard.
    const attente = setTimeout(() => (this.#message.textContent = textes.chargement), ATTENTE_MS);
    return this.entendre(texte, true).finally(() => {
      clearTimeout(attente);
      if (this.#message.textContent === textes.chargement) this.#message.textContent = "";
    });
  }

  /** Searches what a text asks, or asks which of several communes it means.
   * @param {string} texte @param {boolean} [surDemande] the person asked: an address may go to the geocoding service */
  async entendre(texte, surDemande = false) {
    const { communes, etat, note, hors, adresse } = await entendre(texte, this.donnees);
    if (this.service && surDemande && adresse && (await this.#parAdresse(texte))) return;
    const [premiere, ...autres] = communes;
    if (autres.length) {
      this.#choisirParmi(await this.#enPropositions(communes, etat), textes.plusieurs);
      return;
    }
    // A need alone is asked for where one was searching.
    const ou = hors ? NULLE_PART : etat.ou ? {} : this.suites.depart();
    const dit = [await this.#borne(), note].filter(Boolean).join(" ");
    await this.suites.changer({ ...etat, ...(premiere ? versCommune(premiere) : ou) }, dit, hors);
    if (!premiere && etat.ou) await this.#proposerProches(texte);
  }

  /** What is said when only what the device keeps was searched. */
  async #borne() {
    const { bornes } = (await this.donnees.pret()).communes;
    return bornes.length ? textes.bornee(await this.donnees.gardes()) : "";
  }

  /** @param {string} texte a name that may not be that of a place */
  async #proposerProches(texte) {
    const tour = this.#tour;
    const { communes } = await this.donnees.pret();
    const proches = (await communes.chercher(texte)) ?? [];
    const rien = this.suites.rienTrouve();
    const choix = await this.#enPropositions(rien ? proches : proches.slice(0, A_COTE));
    if (tour !== this.#tour || !choix.length) return;
    this.#liste.repondre(choix, rien ? [await this.#borne(), textes.proches].filter(Boolean).join(" ") : textes.ouCommunes);
    if (rien) this.suites.dire("");
  }

  /** What is asked is said above the choices, and not a second time under them. @param {Proposition[]} choix @param {string} message */
  #choisirParmi(choix, message) {
    this.#champ.focus();
    this.#liste.repondre(choix, message);
    this.suites.dire("");
  }

  /** @param {string} texte @returns {Promise<boolean>} whether the service gave something to choose */
  async #parAdresse(texte) {
    const trouvees = await geocoder(this.service, texte);
    if (!trouvees) this.#annonce.textContent = textes.sansAdresses;
    if (!trouvees?.length) return false;
    const choix = trouvees.map(({ libelle, lat, lon }) => ({
      nom: libelle,
      etat: { ou: libelle, commune: "", point: /** @type {[number, number]} */ ([lat, lon]) },
    }));
    this.#choisirParmi(choix, textes.plusieursAdresses);
    return true;
  }

  /** @param {HTMLButtonElement} bouton */
  #offrirIci(bouton) {
    const { changer, sansPosition } = this.suites;
    bouton.hidden = !("geolocation" in navigator);
    bouton.addEventListener("click", () => {
      this.#message.textContent = textes.iciCherche;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const vague = Math.round(coords.accuracy / 1000);
          this.#message.textContent = vague ? textes.iciVague(vague) : "";
          this.#rater(changer({ ou: "", commune: "", point: [coords.latitude, coords.longitude] }));
        },
        () => {
          this.#message.textContent = textes.iciRefuse;
          sansPosition();
        },
        { timeout: ICI_DELAI_MS, maximumAge: 60_000 },
      );
    });
  }
}

export const NULLE_PART = { ou: "", commune: "", point: null };

/** @param {Commune} c */
const versCommune = (c) => ({ ou: c.partie ? c.nom : c.actuel || c.nom, commune: codeDe(c), point: null });

/**
 * « Saint-Denis (93200), Seine-Saint-Denis »; a former name says the present one.
 * @param {Commune} commune @param {Record<string, string>} departements
 */
function nommer({ nom, actuel, codesPostaux, departement }, departements) {
  const codes = codesPostaux.length > 2 ? `${codesPostaux[0]}…` : codesPostaux.join(", ");
  const present = actuel ? `, aujourd’hui ${actuel}` : "";
  return `${nom}${present} (${codes || departement}), ${departements[departement] ?? departement}`;
}
