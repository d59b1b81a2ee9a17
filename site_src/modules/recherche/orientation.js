// The three questions: what they lead to is said in plain words as one answers; nothing is kept nor sent.

import { el, un } from "../commun/elements.js";
import { ecrire, lire } from "./etat.js";
import { proposer } from "./reponses.js";

/** @param {HTMLFormElement} formulaire */
function demarrer(formulaire) {
  const sortie = /** @type {HTMLElement} */ (un(formulaire, "[data-proposition]"));
  const depart = lire(location.search);
  const accueil = formulaire.getAttribute("action") ?? "";

  function reponses() {
    const donnees = new FormData(formulaire);
    const une = (/** @type {string} */ nom) => String(donnees.get(nom) ?? "");
    return proposer({ pour: une("pour"), aisance: une("aisance"), compte: donnees.getAll("compte").map(String) });
  }

  function montrer() {
    const { raisons } = reponses();
    sortie.replaceChildren(
      raisons.length
        ? el("ul", "", ...raisons.map((r) => el("li", "", el("strong", "", r.quoi), ` ${r.pourquoi}`)))
        : el("p", "", "Répondez à une question, ou passez."),
    );
  }

  formulaire.addEventListener("change", montrer);
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const { ou, commune, point } = depart;
    location.assign(accueil + ecrire({ ...reponses().etat, ou, commune, point }) + location.hash);
  });
  formulaire.hidden = false;
  montrer();
}

const formulaire = document.querySelector("form[data-orientation]");
if (formulaire instanceof HTMLFormElement) demarrer(formulaire);
