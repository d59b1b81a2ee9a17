// Where one was on the page: kept with each step of the history, and found again after a reload or a way back.

/** @typedef {{ y: number, montres: number, ouverts: number, plis: string[], carte: boolean }} Place  `montres`: cards;
 *   `ouverts`: départements that were opened for a name; `plis`: folds that are open */

const CLE = "recherche";
const PAUSE_MS = 200;
const TASSEMENT_MS = 300; // the counts beside the choices come after the places, and move what follows
// What shows that the person goes somewhere by themselves.
const GESTES = ["wheel", "touchmove", "pointerdown", "keydown"];

export class Retour {
  /** @type {Place | null} */
  #attendue = null;
  #pause = 0;

  /** @param {() => Place} lire where one is now */
  constructor(lire) {
    this.lire = lire;
    // The browser would scroll a page that has no result yet.
    history.scrollRestoration = "manual";
    const bientot = () => {
      if (this.#attendue) return;
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.noter(), PAUSE_MS);
    };
    addEventListener("scroll", bientot, { passive: true });
    addEventListener("toggle", bientot, { capture: true });
    addEventListener("pagehide", () => this.noter());
    for (const geste of GESTES) addEventListener(geste, () => (this.#attendue = null), { passive: true });
    this.reprendre();
  }

  /** What the present step of the history kept; it is looked for from now on. @returns {Place | null} */
  reprendre() {
    this.#attendue = /** @type {any} */ (history.state)?.[CLE] ?? null;
    return this.#attendue;
  }

  /** What is not found again yet. */
  get attendue() {
    return this.#attendue;
  }

  /** Keeps where one is, in the present step. */
  noter() {
    if (!this.#attendue) history.replaceState({ ...history.state, [CLE]: this.lire() }, "");
  }

  /** After results were shown. @param {boolean} complets nothing more will come */
  retrouver(complets) {
    if (!this.#attendue) return;
    scrollTo({ top: this.#attendue.y, behavior: "instant" });
    if (!complets) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (this.#attendue) scrollTo({ top: this.#attendue.y, behavior: "instant" });
      this.#attendue = null;
    }, TASSEMENT_MS);
  }
}
