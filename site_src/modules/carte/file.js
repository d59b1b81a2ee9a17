// What a view asks for, loaded a few files at a time, the nearest to its centre first; another view asks for others.

/** @typedef {{ code: string, fichier: string, cadre: [number, number, number, number] }} Feuille  `cadre`: west, south, east, north */

const EN_MEME_TEMPS = 3;

/**
 * The sheets that a view touches, the nearest to its centre first.
 * @template {Feuille} F @param {F[]} feuilles @param {import("leaflet").Map} carte
 */
export function enVue(feuilles, carte) {
  const vue = carte.getBounds();
  const [ouest, sud, est, nord] = [vue.getWest(), vue.getSouth(), vue.getEast(), vue.getNorth()];
  const { lat, lng } = carte.getCenter();
  /** @param {F} feuille */
  const ecart = ({ cadre: [o, s, e, n] }) => Math.hypot((o + e) / 2 - lng, (s + n) / 2 - lat);
  return feuilles
    .filter(({ cadre: [o, s, e, n] }) => o <= est && e >= ouest && s <= nord && n >= sud)
    .sort((a, b) => ecart(a) - ecart(b));
}

/** How large a frame is beside the view: 1 when it is as wide or as high. @param {Feuille["cadre"]} cadre
 * @param {import("leaflet").Map} carte */
export function partDeLaVue([ouest, sud, est, nord], carte) {
  const vue = carte.getBounds();
  return Math.max((est - ouest) / (vue.getEast() - vue.getWest()), (nord - sud) / (vue.getNorth() - vue.getSouth()));
}

/**
 * Each sheet is loaded once; one that could not be is asked again by the next view that needs it.
 * @template {Feuille} F, D
 * @param {(feuille: F) => Promise<D>} lire @param {(feuille: F, donnees: D) => void} poser as soon as one is there
 * @param {(manque: boolean) => void} dire whether something that the view asked for is missing
 */
export function file(lire, poser, dire) {
  const pris = new Set();
  const manques = new Set();
  /** @type {F[]} */
  let attente = [];
  let actifs = 0;

  /** @param {F} feuille */
  async function charger(feuille) {
    pris.add(feuille.code);
    try {
      const donnees = await lire(feuille);
      manques.delete(feuille.code);
      poser(feuille, donnees);
    } catch (erreur) {
      pris.delete(feuille.code);
      manques.add(feuille.code);
      console.info("La carte n’a pas pu charger une partie de ses données.", erreur);
    }
    dire(manques.size > 0);
  }

  async function travailler() {
    actifs += 1;
    for (let feuille = attente.shift(); feuille; feuille = attente.shift()) await charger(feuille);
    actifs -= 1;
  }

  /** @param {F[]} feuilles in the order in which they are wanted */
  return function demander(feuilles) {
    attente = feuilles.filter(({ code }) => !pris.has(code));
    manques.clear();
    dire(false);
    while (actifs < EN_MEME_TEMPS && actifs < attente.length) travailler();
  };
}
