// Entry of the home page's search: the one state, from the address to the results and back.

import { criteres, groupes, toutEnlever, trier } from "./criteres.js";
import { bilan } from "./bilan.js";
import { ouvrir } from "./donnees.js";
import { un } from "../commun/elements.js";
import * as adresse from "./etat.js";
import { feuille } from "./bandeau.js";
import { filtres } from "./filtres.js";
import { parDistance, tels } from "./lieux.js";
import { PAR_LOT } from "./noms.js";
import { horloge } from "./ouverture.js";
import { afficheur } from "./resultats.js";
import { saisie } from "./saisie.js";
import { direQuand, textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Voisins} Voisins */
/** @typedef {{ depart: Depart | null, ou: string, points: Point[], voisins: Voisins,
 *   reste: import("../commun/types.js").Reste, note: string }} Lot  `ou`: the name that was searched; `note`: what is said
 *   instead of a count */

const MINUTE_MS = 60_000;
const JOUR_MS = 86_400_000;
const COMPTES_MS = 50;
const LARGE = "(min-width: 45em)";
/** @type {Lot} */
const RIEN = {
  depart: null,
  ou: "",
  points: [],
  voisins: "compris",
  reste: { lieux: 0, departements: 0, flou: false },
  note: "",
};

/** @param {HTMLElement} bloc */
async function demarrer(bloc) {
  const racine = (bloc.dataset.racine ?? "").replace(/\/?$/, "/");
  const donnees = ouvrir(bloc.dataset.donnees ?? "");
  const etatVocal = /** @type {HTMLElement} */ (un(bloc, "[data-etat]"));
  let etat = adresse.lire(location.search);
  let demande = 0;
  /** @type {Lot} */
  let lot = RIEN;
  let attente = 0;
  let ouverts = PAR_LOT;
  /** @type {(garder: boolean) => void} */
  let montrer = () => {};

  const dire = (/** @type {string} */ texte) => {
    if (etatVocal.textContent !== texte) etatVocal.textContent = texte;
  };

  /** @param {Partial<Etat>} nouveau */
  function changer(nouveau) {
    etat = { ...etat, ...nouveau };
    history.pushState(null, "", location.pathname + adresse.ecrire(etat) + location.hash);
    const ailleurs = "ou" in nouveau || "commune" in nouveau || "point" in nouveau;
    // On a phone the results would be under the screen.
    if (ailleurs && !matchMedia(LARGE).matches) bloc.scrollIntoView();
    if (ailleurs) ouverts = PAR_LOT;
    return suivre(ailleurs);
  }

  // The questions give the search back where it was.
  const orientations = document.querySelectorAll("a[data-orientation]");
  const chemin = orientations[0]?.getAttribute("href") ?? "";

  const boite = saisie(bloc, donnees, { changer, dire, rienTrouve: () => !lot.points.length });
  boite.ecrire(etat.ou);

  /** A later search makes an earlier one silent; a failed load is said, and may be tried again. @param {boolean} ailleurs */
  async function suivre(ailleurs) {
    const ceTour = ++demande;
    if (!ailleurs && lot.voisins === "compris") return montrer(false);
    if (etat.ou || etat.commune || etat.point) dire(textes.chargement);
    try {
      for await (const trouve of lots(etat)) {
        if (ceTour !== demande) return;
        const suite = lot.depart ? lot.depart === trouve.depart : lot.ou !== "" && lot.ou === trouve.ou;
        lot = trouve;
        montrer(suite);
      }
    } catch (erreur) {
      if (ceTour === demande) dire(textes.echec);
      throw erreur;
    }
  }

  /** @param {Etat} e @returns {AsyncGenerator<Lot>} */
  async function* lots(e) {
    const { communes } = await donnees.pret();
    const commune = e.commune ? await communes.une(e.commune) : undefined;
    const [lat, lon] = e.point ?? [null, null];
    const depart = commune ?? (e.point ? { lat, lon, nom: e.ou || textes.ici, departement: "" } : null);
    boite.ecrire(depart ? depart.nom : e.ou);
    if (depart) {
      for await (const { points, voisins } of donnees.autour(depart)) yield { ...RIEN, depart, points, voisins };
    } else if (e.ou) {
      for await (const trouves of donnees.parNom(e.ou, ouverts)) {
        yield trouves ? { ...RIEN, ou: e.ou, ...trouves } : { ...RIEN, note: textes.tropCourt(e.ou) };
      }
    } else {
      yield { ...RIEN, note: adresse.ecrire(e) ? textes.dOuPartir : "" };
    }
  }

  addEventListener("popstate", () => {
    const nouveau = adresse.lire(location.search);
    const ailleurs = ["ou", "commune", "point"].some((cle) => String(Reflect.get(nouveau, cle)) !== String(Reflect.get(etat, cle)));
    etat = nouveau;
    if (ailleurs) ouverts = PAR_LOT;
    suivre(ailleurs).catch(() => dire(textes.echec));
  });
  feuille(un(bloc, "[data-feuille]"), racine);

  const plusLoin = /** @type {HTMLButtonElement} */ (un(bloc, "[data-ailleurs]"));
  plusLoin.addEventListener("click", async () => {
    ouverts += PAR_LOT;
    await suivre(true);
    if (plusLoin.hidden) etatVocal.focus();
  });

  const { index } = await donnees.pret();
  const heures = horloge(index.calendriers);
  const sortie = afficheur(un(bloc, "[data-resultats]"), un(bloc, "[data-suite]"), racine, index, (p) =>
    heures.dire(p, Date.now()),
  );
  const choix = filtres(un(bloc, "[data-besoins-choix]"), un(bloc, "[data-filtres-choix]"), index, changer);
  const compte = bilan(bloc, changer);

  montrer = (garder) => {
    const [instant, { depart, points, note, reste }] = [Date.now(), lot];
    const aujourdHui = Math.floor(instant / JOUR_MS);
    const convient = retenir((p, quand) => heures.convient(p, quand, instant));
    const tests = (/** @type {Etat} */ e) => groupes(e, index, convient, aujourdHui);
    const { gardes, sans } = trier(points, tests(etat), etat.inconnus);
    const ouverture = memo((/** @type {Point} */ p) => heures.prochaine(p, instant));
    const resultats = depart ? parDistance(gardes, depart, ouverture) : tels(gardes);
    sortie.montrer(resultats, garder);
    choix.cocher(etat);
    bloc.toggleAttribute("data-actif", points.length > 0);
    const lieu = adresse.ecrire({ ...toutEnlever(etat), point: etat.point });
    for (const lien of orientations) lien.setAttribute("href", chemin + lieu);
    clearTimeout(attente);
    // The places first; the counts beside the choices once they are painted.
    if (points.length) attente = setTimeout(() => choix.chiffrer(etat, sans, convient, aujourdHui), COMPTES_MS);
    const faits = criteres(etat, index, { quand: direQuand, recent: textes.recent });
    compte.montrer(etat, faits, resultats.length || !points.length ? null : (e) => trier(points, tests(e), e.inconnus).gardes);
    plusLoin.hidden = !reste.departements;
    plusLoin.textContent = textes.chercherAussi(reste, Math.min(PAR_LOT, reste.departements));
    dire(note || message(resultats.length, lot));
    performance.mark("carte:resultats");
  };

  compte.ouvrirSelonEcran(etat);
  setInterval(() => {
    const lit = document.activeElement?.closest("[data-resultats]");
    if (etat.quand === "maintenant" && !lit && lot.points.length) montrer(true);
    else sortie.direEtats();
  }, MINUTE_MS);
  await suivre(true);
}

/** @param {number} n places that fit the choices @param {Lot} lot */
function message(n, { depart, ou, points, voisins, reste }) {
  if (points.length && !n) return textes.vide(voisins);
  if (depart) return points.length || voisins !== "compris" ? textes.autour(n, depart.nom, voisins) : textes.rienAutour(depart.nom);
  if (!ou) return "";
  if (!n && voisins === "attendus") return textes.chargement;
  return n || reste.flou || voisins !== "compris" ? textes.nommes(n, ou, reste, voisins) : textes.rien(ou);
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

for (const bloc of document.querySelectorAll("[data-recherche]")) {
  const element = /** @type {HTMLElement} */ (bloc);
  demarrer(element).catch((erreur) => {
    un(element, "[data-etat]").textContent = textes.echec;
    throw erreur;
  });
}
