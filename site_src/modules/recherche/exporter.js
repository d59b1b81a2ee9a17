// The list as a table for a spreadsheet: rows of the open data, département by département, so that it works offline
// wherever the search does.

import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Resultat} Resultat */

const LE_TEMPS_D_ECRIRE_MS = 60_000;
const MARQUE = "\ufeff"; // by which a spreadsheet knows the letters of a file

/** The rows of a CSV table, its head first; a line break between quotes is of its cell. @param {string} texte */
export function rangees(texte) {
  /** @type {string[]} */
  const trouvees = [];
  let debut = 0;
  let dedans = false;
  for (let i = 0; i < texte.length; i += 1) {
    if (texte[i] === '"') dedans = !dedans;
    else if (texte[i] === "\n" && !dedans) {
      trouvees.push(texte.slice(debut, i));
      debut = i + 1;
    }
  }
  return debut < texte.length ? [...trouvees, texte.slice(debut)] : trouvees;
}

/** One table of the rows of some places, in the order given; a place that no table has is left out.
 * @param {string[]} tables whole, of the same head @param {string[]} identifiants */
export function choisir(tables, identifiants) {
  const lues = tables.map((table) => rangees(table.replace(MARQUE, "")));
  const parId = new Map(lues.flatMap(([, ...lignes]) => lignes.map((ligne) => [ligne.slice(0, ligne.indexOf(";")), ligne])));
  const gardees = identifiants.flatMap((id) => parId.get(id) ?? []);
  return `${MARQUE}${[lues[0]?.[0] ?? "", ...gardees].join("\n")}\n`;
}

export class Exporter {
  /** @type {string[]} */
  #identifiants = [];

  /** @param {HTMLButtonElement} bouton @param {string} donnees address of the folder of tables @param {(texte: string) => void} dire */
  constructor(bouton, donnees, dire) {
    this.bouton = bouton;
    this.donnees = donnees;
    this.dire = dire;
    bouton.addEventListener("click", () => void this.#donner());
  }

  /** @param {Resultat[]} resultats the whole list, not only what is shown */
  montrer(resultats) {
    this.#identifiants = resultats.map(({ point }) => point.id);
    this.bouton.hidden = !resultats.length;
    this.bouton.textContent = textes.exporter(resultats.length);
  }

  async #donner() {
    const identifiants = this.#identifiants;
    const codes = [...new Set(identifiants.map((id) => id.split("/")[0] ?? ""))];
    try {
      const tables = await Promise.all(codes.map((code) => this.#lire(code)));
      telecharger(choisir(tables, identifiants), textes.fichierExporte);
      this.dire(textes.exporte(identifiants.length));
    } catch {
      this.dire(textes.exportEchec);
    }
  }

  /** @param {string} code */
  async #lire(code) {
    const reponse = await fetch(`${this.donnees}${encodeURIComponent(code)}.csv`);
    if (!reponse.ok) throw new Error(`${code} : ${reponse.status}`);
    return reponse.text();
  }
}

/** @param {string} texte @param {string} nom */
function telecharger(texte, nom) {
  const lien = document.createElement("a");
  lien.href = URL.createObjectURL(new Blob([texte], { type: "text/csv" }));
  lien.download = nom;
  lien.click();
  setTimeout(() => URL.revokeObjectURL(lien.href), LE_TEMPS_D_ECRIRE_MS);
}
