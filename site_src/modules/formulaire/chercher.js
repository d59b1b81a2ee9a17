// An address, or a commune, to go to on the form's map.

import { geocoder } from "../recherche/adresses.js";
import { bouton, el } from "../commun/elements.js";
import { entendre } from "../recherche/entendre.js";
import { nouvelId } from "./champs.js";
import { textes } from "./textes.js";

/** @typedef {{ nom: string, lat: number, lon: number, precis: boolean }} Lieudit  `precis`: an address, where the point may be
 *   put; else a commune, whose middle is nowhere in particular */

/**
 * A box to search from. @param {ReturnType<typeof import("../recherche/donnees.js").ouvrir>} donnees
 * @param {string} service address of the geocoding service, empty when the deployment has none
 * @param {(ou: Lieudit) => void} aller @param {HTMLElement} etat where what happens is said
 */
export function composerRecherche(donnees, service, aller, etat) {
  const champ = Object.assign(el("input", "champ__saisie"), { type: "search", autocomplete: "off", id: nouvelId("adresse") });
  const etiquette = el("label", "champ__label", service ? textes.chercherAdresse : textes.chercherCommune);
  etiquette.htmlFor = champ.id;
  const aide = el("p", "champ__aide", service ? textes.chercherAdresseAide : textes.chercherCommuneAide);
  aide.id = nouvelId("aide");
  champ.setAttribute("aria-describedby", aide.id);
  const choix = el("ul", "formulaire__choix");
  const chercher = async () => {
    choix.replaceChildren();
    const texte = champ.value.trim();
    if (!texte) return;
    etat.textContent = textes.cherche;
    const { trouves, panne } = await trouver(texte, donnees, service);
    etat.textContent = [panne ? textes.sansService : "", trouves.length > 1 ? textes.lequel : trouves.length ? "" : textes.nulleAdresse(texte)].join(" ").trim();
    const [seul, ...autres] = trouves;
    if (seul && !autres.length) aller(seul);
    else choix.replaceChildren(...trouves.map((ou) => el("li", "", bouton(ou.nom, () => (choix.replaceChildren(), aller(ou))))));
  };
  const lancer = () => chercher().catch(() => (etat.textContent = textes.chercheEchec));
  champ.addEventListener("keydown", (touche) => {
    if (touche.key !== "Enter") return;
    touche.preventDefault(); // the form is not ready to be checked
    lancer();
  });
  // What is searched is no part of the record.
  champ.addEventListener("input", (evenement) => evenement.stopPropagation());
  const element = el("div", "formulaire__chercher", etiquette, aide, champ, bouton(textes.chercher, lancer, "bouton bouton--discret bouton--petit"), choix);
  return {
    element,
    /** @param {string} texte what is written elsewhere in the form */
    proposer: (texte) => {
      champ.value = texte;
      return texte ? lancer() : undefined;
    },
  };
}

/** @param {string} texte @param {ReturnType<typeof import("../recherche/donnees.js").ouvrir>} donnees @param {string} service
 * @returns {Promise<{ trouves: Lieudit[], panne: boolean }>} `panne`: the service did not answer */
async function trouver(texte, donnees, service) {
  const { communes } = await entendre(texte, donnees);
  const { communes: annuaire } = await donnees.pret();
  const entiere = (await annuaire.exactes(texte)).length > 0;
  const adresses = service && !entiere ? await geocoder(service, texte) : [];
  const precis = (adresses ?? []).map(({ libelle, lat, lon }) => ({ nom: libelle, lat, lon, precis: true }));
  if (precis.length) return { trouves: precis, panne: false };
  const trouves = communes.flatMap(({ nom, lat, lon, codesPostaux: [postal = ""] }) =>
    lat === null || lon === null ? [] : [{ nom: postal ? `${nom} (${postal})` : nom, lat, lon, precis: false }],
  );
  return { trouves, panne: adresses === null };
}
