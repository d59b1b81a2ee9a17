// The search's results on the page: the places, the choices and their counts, what is said.

import { un } from "../commun/elements.js";
import { Aupres } from "./aupres.js";
import { Bilan } from "./bilan.js";
import { compter, criteres, estAncien, groupes, toutEnlever, trier } from "./criteres.js";
import * as adresse from "./etat.js";
import { Exporter } from "./exporter.js";
import { Filtres } from "./filtres.js";
import { anciennesApres, parDistance, tels } from "./lieux.js";
import { message } from "./lots.js";
import { PAR_LOT } from "./noms.js";
import { horloge } from "./ouverture.js";
import { Afficheur } from "./resultats.js";
import { direQuand, textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("./lots.js").Lot} Lot */

const JOUR_MS = 86_400_000;
const COMPTES_MS = 50;
// Farther than any place of a territory is from another of its communes.
const LOIN_KM = 100;

export class Vue {
  #attente = 0;
  /** @type {import("../commun/types.js").Depart | null} */
  #depart = null;
  /** @type {import("../commun/types.js").Zone | null} */
  #zone = null;
  /** @type {adresse.Quand} */
  #quand = null;

  /**
   * @param {HTMLElement} bloc @param {string} racine path to the site's root @param {Index} index
   * @param {{ changer: (etat: Partial<Etat>) => void, dire: (texte: string) => void }} suites
   */
  constructor(bloc, racine, index, { changer, dire }) {
    this.bloc = bloc;
    this.index = index;
    this.dire = dire;
    this.heures = horloge(index.calendriers);
    const heures = this.heures;
    this.sortie = new Afficheur(un(bloc, "[data-resultats]"), un(bloc, "[data-suite]"), racine, index, (p) =>
      ({ ...heures.dire(p, Date.now()), moment: heures.auMoment(p, this.#quand, Date.now()) }),
    );
    this.aupres = new Aupres(bloc, racine, (zone) => changer({ zone }));
    this.exporter = new Exporter(un(bloc, "[data-tableur]"), `${racine}donnees/lieux/`, dire);
    this.sortie.apres = (montres) => this.aupres.montrer(montres, this.#depart, this.#zone);
    this.choix = new Filtres(un(bloc, "[data-besoins-choix]"), un(bloc, "[data-filtres-choix]"), index, changer);
    this.bilan = new Bilan(bloc, changer);
    this.hors = /** @type {HTMLElement} */ (un(bloc, "[data-hors]"));
    this.plusLoin = /** @type {HTMLButtonElement} */ (un(bloc, "[data-ailleurs]"));
    // The questions give the search back where it was.
    this.orientations = document.querySelectorAll("a[data-orientation]");
    this.chemin = this.orientations[0]?.getAttribute("href") ?? "";
  }

  /** @param {Lot} lot @param {Etat} etat @param {boolean} garder as many places as are shown @param {string} remarque */
  montrer(lot, etat, garder, remarque) {
    const instant = Date.now();
    const aujourdHui = Math.floor(instant / JOUR_MS);
    const convient = retenir((p, quand) => this.heures.convient(p, quand, instant));
    const essayer = (/** @type {Etat} */ e) => trier(lot.points, groupes(e, this.index, convient, aujourdHui), e.inconnus);
    const { gardes, sans } = essayer(etat);
    this.#quand = adresse.lireQuand(etat.quand);
    this.#depart = lot.depart;
    this.#zone = etat.zone;
    const ouverture = memo((/** @type {Point} */ p) => this.heures.prochaine(p, instant));
    const surs = lot.partout.length && etat.inconnus ? essayer({ ...etat, inconnus: false }).gardes : gardes;
    const ancienne = (/** @type {Point} */ p) => estAncien(p, this.index, aujourdHui);
    const { resultats, reculees } = lot.depart
      ? anciennesApres(parDistance(gardes, lot.depart, ouverture, this.index.barrieres), ancienne)
      : { resultats: tels([...new Set([...surs, ...gardes])]), reculees: 0 };
    this.sortie.montrer(resultats, garder, lot.depart);
    this.exporter.montrer(resultats);
    this.choix.cocher(etat);
    this.#lierOrientations(etat);
    this.#direCequiManque(etat, sans, convient);
    this.bilan.direAge(resultats.map(({ point }) => point), this.index, aujourdHui, reculees);
    this.bilan.direNombre(resultats.length);
    clearTimeout(this.#attente);
    // The places first; the counts beside the choices once they are painted.
    const chiffrer = () => this.choix.chiffrer(etat, sans, convient, aujourdHui);
    if (lot.points.length) this.#attente = setTimeout(chiffrer, COMPTES_MS);
    const faits = criteres(etat, this.index, { quand: direQuand, recent: textes.recent, zone: textes.zone });
    const issue = resultats.length || !lot.points.length ? null : (/** @type {Etat} */ e) => essayer(e).gardes;
    this.bilan.montrer(etat, faits, issue);
    this.#proposerPlusLoin(lot);
    const km = lot.voisins === "compris" ? (resultats[0]?.km ?? 0) : 0;
    if (km > LOIN_KM) this.hors.hidden = false;
    this.dire([remarque, message(resultats.length, lot), km > LOIN_KM && textes.loin(km)].filter(Boolean).join(" "));
    performance.mark("carte:resultats");
  }

  /** @param {Etat} etat @param {(groupe: string) => Point[]} sans @param {import("./criteres.js").Convient} convient */
  #direCequiManque({ inconnus }, sans, convient) {
    const quand = this.#quand;
    this.bilan.direTus(quand && !inconnus ? compter(sans("quand"), (p) => convient(p, quand)).inconnus : 0);
  }

  /** @param {Etat} etat */
  #lierOrientations(etat) {
    const lieu = adresse.ecrire({ ...toutEnlever(etat), point: etat.point });
    for (const lien of this.orientations) lien.setAttribute("href", this.chemin + lieu);
  }

  /** @param {Lot} lot */
  #proposerPlusLoin({ reste }) {
    this.plusLoin.hidden = !reste.departements;
    this.plusLoin.textContent = textes.chercherAussi(reste, Math.min(PAR_LOT, reste.departements));
  }
}

/** @template K, V @param {(cle: K) => V} calculer */
function memo(calculer) {
  /** @type {Map<K, V>} */
  const connus = new Map();
  return (/** @type {K} */ cle) => {
    if (!connus.has(cle)) connus.set(cle, calculer(cle));
    return /** @type {V} */ (connus.get(cle));
  };
}

/** The answer on a moment is asked many times in one rendering. @param {import("./criteres.js").Convient} convient
 * @returns {import("./criteres.js").Convient} */
function retenir(convient) {
  const parMoment = memo((/** @type {string} */ texte) => memo((/** @type {Point} */ p) => convient(p, adresse.lireQuand(texte))));
  return (p, quand) => parMoment(typeof quand === "object" && quand ? adresse.ecrireQuand(quand.jour, quand.minute) : (quand ?? ""))(p);
}
