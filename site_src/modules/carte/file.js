// What a view asks for, loaded a few files at a time, the nearest to its centre first; another view asks for others.

/** @typedef {{ fichier: string, cadre: [number, number, number, number] }} Feuille  `cadre`: west, south, east, north */

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
 * Each sheet is loaded once. The next view gives up those that it does not need; one that could not be loaded is asked
 * again by the next view that needs it.
 * @template {Feuille} F, D
 * @param {(feuille: F, abandon: AbortSignal) => Promise<D>} lire
 * @param {(feuille: F, donnees: D) => void} poser as soon as one is there
 * @param {(manque: boolean) => void} dire whether something that the view asked for is missing
 */
export function file(lire, poser, dire) {
  const lus = new Set();
  /** @type {Map<string, AbortController>} */
  const enCours = new Map();
  const manques = new Set();
  /** @type {F[]} */
  let attente = [];

  /** @param {F} feuille */
  async function charger(feuille) {
    const { fichier } = feuille;
    const abandon = new AbortController();
    enCours.set(fichier, abandon);
    try {
      const donnees = await lire(feuille, abandon.signal);
      lus.add(fichier);
      poser(feuille, donnees);
    } catch (erreur) {
      if (!abandon.signal.aborted) {
        manques.add(fichier);
        console.info("La carte n’a pas pu charger une partie de ses données.", erreur);
      }
    }
    // Given up, then asked again: another goes on.
    if (enCours.get(fichier) === abandon) enCours.delete(fichier);
    dire(manques.size > 0);
    avancer();
  }

  function avancer() {
    while (enCours.size < EN_MEME_TEMPS) {
      const feuille = attente.shift();
      if (!feuille) return;
      charger(feuille);
    }
  }

  /** @param {F[]} feuilles in the order in which they are wanted */
  return function demander(feuilles) {
    const voulus = new Set(feuilles.map(({ fichier }) => fichier));
    for (const [fichier, abandon] of enCours) {
      if (voulus.has(fichier)) continue;
      enCours.delete(fichier);
      abandon.abort();
    }
    attente = feuilles.filter(({ fichier }) => !lus.has(fichier) && !enCours.has(fichier));
    manques.clear();
    dire(false);
    avancer();
  };
}
