// One place on paper: what a person must know before going, in the language chosen; what the record says stays in French.

import { el, enFrancais, image, liste } from "./elements.js";
import { FRANCAIS, direHeures, direJour } from "./langues.js";
import { prochainesDates } from "./ouvertures.js";
import { picto } from "./pictos.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/direct.js").Direct} Direct */
/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */
/** @typedef {import("./langues.js").Choisie} Choisie */
/** @typedef {import("./ouvertures.js").Moment} Moment */
/** @typedef {import("./pictos.js").Picto} Picto */
/** @typedef {[string, string]} Reponse  « oui », « non », « non dit », then what the record says */
/** @typedef {{ nom: string, services: string[], familles?: string[], adresse: string[], telephone: string,
 *   situation: string[], apporter: string[], aApporter?: string[], prix?: Reponse, acces?: Reponse, langues?: string[],
 *   horairesDetail?: string, jour?: string, verifiee?: boolean, plan: boolean, alt_plan: string, code: string,
 *   direct: Direct | null }} Lieu  written by `publish.feuille` */

const JOUR_MS = 86_400_000;

/**
 * @param {Lieu} lieu @param {string} dossier where its map is
 * @param {{ langue: Choisie, fr: Choisie, calendriers: Calendriers, fictif: boolean }} cadre
 * @returns {HTMLElement}
 */
export function mettreEnPage(lieu, dossier, { langue, fr, calendriers, fictif }) {
  const { mots } = langue;
  const dire = (/** @type {string} */ cle) => mots[cle] ?? fr.mots[cle] ?? "";
  const double = langue.lettres !== "" || !langue.locale.startsWith("fr");
  /** A heading, with the French word that the place knows beside it. @param {Picto} dessin @param {string} cle */
  const titre = (dessin, cle) =>
    el("h3", {}, [picto(dessin), el("span", { className: "feuille-lieu__titre" }, [dire(cle)]), ...(double ? [" ", el("span", { className: "feuille-lieu__fr", lang: "fr" }, [fr.mots[cle] ?? ""])] : [])]);
  const traduit = langue.code !== FRANCAIS;
  const services = traduit && lieu.familles ? lieu.familles.map(dire) : lieu.services;
  const apporter = traduit && lieu.aApporter ? lieu.aApporter.map(dire) : lieu.apporter;
  const page = el("article", { className: "feuille-lieu", lang: langue.code === "falc" ? "fr" : langue.code, dir: langue.sens }, [
    el("h2", { className: "feuille-lieu__nom" }, [traduit ? enFrancais(lieu.nom) : lieu.nom]),
    el("p", { className: "feuille-lieu__services" }, [services.join(" · ")]),
    ...dates(lieu, calendriers, { langue, fr }, double, titre),
    el("div", { className: "feuille-lieu__corps" }, [
      el("div", {}, [
        ...(lieu.telephone ? [titre("telephone", "telephone"), el("p", { className: "feuille-lieu__tel" }, [el("bdi", { dir: "ltr" }, [lieu.telephone])])] : []),
        ...(lieu.adresse.length ? [titre("lieu", "adresse"), adresse(lieu.adresse)] : []),
        ...lieu.situation.map((phrase) => el("p", {}, [traduit ? enFrancais(phrase) : phrase])),
      ]),
      ...(lieu.plan ? [plan(`${dossier}plan.svg`, lieu.alt_plan)] : []),
      avantDeVenir(lieu, dire, titre),
      el("p", { className: "feuille-lieu__code" }, [image(lieu.code, textes.codeAlt, 140, 140), dire("code")]),
    ]),
    el("div", { className: "feuille-lieu__apporter" }, [titre("apporter", "apporter"), liste(apporter)]),
    el("div", { className: "feuille-lieu__notes" }, [titre("notes", "notes"), el("p", {}), el("p", {})]),
    el("p", { className: "feuille-lieu__edition" }, [...(fictif ? [el("strong", { lang: "fr" }, [textes.fictif]), " "] : []), edition(lieu, langue, dire)]),
  ]);
  if (langue.lettres) page.dataset.lettres = langue.lettres;
  return page;
}

/** The coming dates: in the language, then as the place would say them.
 * @param {Lieu} lieu @param {Calendriers} calendriers @param {{ langue: Choisie, fr: Choisie }} langues @param {boolean} double
 * @param {(dessin: Picto, cle: string) => HTMLElement} titre @returns {HTMLElement[]} */
function dates(lieu, calendriers, { langue, fr }, double, titre) {
  const prochaines = prochainesDates(lieu.direct, Date.now(), calendriers);
  const ecrits = lieu.horairesDetail ?? "";
  const inconnus = prochaines.moments.every((m) => m?.cle === "horairesInconnus");
  const dits = ecrits ? [el("p", { className: "presentation" }, [enFrancais(ecrits)])] : [];
  if (ecrits && inconnus) return [titre("horloge", "horaires"), ...dits];
  const lignes = prochaines.lignes.map((dite, rang) => {
    const moment = prochaines.moments[rang];
    const appel = lieu.telephone && moment?.cle && moment.cle !== "sansInterruption";
    const francaise = appel ? `${dite} ${fr.mots["appeler"]}` : dite;
    if (langue.code === FRANCAIS || !moment) return francaise;
    const ligne = appel ? `${direMoment(moment, langue)} ${langue.mots["appeler"]}` : direMoment(moment, langue);
    if (!double) return moment.cle ? ligne : francaise;
    return el("span", {}, [ligne, el("span", { className: "feuille-lieu__fr", lang: "fr", dir: "ltr" }, [francaise])]);
  });
  return [titre("horloge", prochaines.titre), liste(lignes, "feuille-lieu__dates"), ...dits];
}

/** @param {Moment} moment @param {Choisie} langue @returns {Node | string} */
function direMoment({ cle, jour, plages, ou, ferie }, langue) {
  if (cle) return langue.mots[cle] ?? "";
  const heures = plages?.length ? [" ", el("bdi", { dir: "ltr" }, [direHeures(plages)])] : [];
  const doute = ferie ? ` (${langue.mots["ferie"] ?? ""})` : "";
  const suite = ou ? [" ", enFrancais(ou)] : [];
  return el("strong", {}, [direJour(langue, jour ?? 0), ...heures, ...suite, doute]);
}

/** Price, way in, languages: what is not known is said. @param {Lieu} lieu @param {(cle: string) => string} dire
 * @param {(dessin: Picto, cle: string) => HTMLElement} titre */
function avantDeVenir({ prix = ["non dit", ""], acces = ["non dit", ""], langues = [] }, dire, titre) {
  const cles = { prix: { oui: "gratuit", non: "payant" }, acces: { oui: "fauteuilOui", non: "fauteuilNon" } };
  const reponse = (/** @type {"prix" | "acces"} */ quoi, /** @type {string} */ etat, /** @type {string} */ inconnu) =>
    dire(etat === "oui" || etat === "non" ? cles[quoi][etat] : inconnu);
  const ligne = (/** @type {Node} */ tete, /** @type {(Node | string)[]} */ suite) => el("div", {}, [tete, el("p", {}, suite)]);
  /** What the record adds to an answer. @param {string} debut @param {string} texte @returns {(Node | string)[]} */
  const avecDetail = (debut, texte) =>
    texte ? [debut, el("span", { className: "feuille-lieu__detail" }, [debut.endsWith(".") ? " " : ". ", enFrancais(texte)])] : [debut];
  return el("div", { className: "feuille-lieu__avant" }, [
    ligne(titre("prix", "prix"), prix[0] === "non dit" && prix[1] ? [enFrancais(prix[1])] : avecDetail(reponse("prix", prix[0], "prixInconnu"), prix[1])),
    ligne(titre("acces", "acces"), avecDetail(reponse("acces", acces[0], "fauteuilInconnu"), acces[1])),
    ligne(titre("langues", "langues"), [langues.length ? langues.map(dire).join(" · ") : dire("langueInconnue")]),
  ]);
}

/** How old what is said is, and the day of the sheet. @param {Lieu} lieu @param {Choisie} langue
 * @param {(cle: string) => string} dire */
function edition({ jour, verifiee, telephone }, langue, dire) {
  const maintenant = new Date();
  const aujourdhui = Date.UTC(maintenant.getFullYear(), maintenant.getMonth(), maintenant.getDate()) / JOUR_MS;
  const age = jour ? dire(verifiee ? "verifiee" : "age").replace("{jour}", direJour(langue, Date.parse(jour) / JOUR_MS)) : "";
  return [age, dire("edition").replace("{jour}", direJour(langue, aujourdhui)), telephone && dire("appeler"), dire("nonRelue")].filter(Boolean).join(" ");
}

/** @param {string[]} lignes */
function adresse(lignes) {
  const enfants = lignes.flatMap((ligne, rang) => (rang ? [document.createElement("br"), enFrancais(ligne)] : [enFrancais(ligne)]));
  return el("address", {}, enfants);
}

/** The small map; without network it may not be on the device, and the address says the same in words.
 * @param {string} src @param {string} alt */
function plan(src, alt) {
  const dessin = image(src, alt, 400, 300, "feuille-lieu__plan");
  dessin.addEventListener("error", () => dessin.remove(), { once: true });
  return dessin;
}
