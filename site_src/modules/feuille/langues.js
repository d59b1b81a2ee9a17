// The words of the sheet in another language, read when it is chosen, with the letters that it needs.

/** @typedef {{ nom: string, locale: string, sens: "ltr" | "rtl", lettres: string, relue: boolean,
 *   mots: Record<string, string> }} Langue  written by `publish.feuille.langues` */
/** @typedef {Langue & { code: string }} Choisie */

export const FRANCAIS = "fr";
const CLE = "langue";
const CODE = /^[a-z]{2,4}$/;
const JOUR_MS = 86_400_000;

/** The language of an address's fragment. @param {string} fragment */
export function codeChoisi(fragment) {
  const code = new URLSearchParams(fragment.replace(/^#/, "")).get(CLE) ?? FRANCAIS;
  return CODE.test(code) ? code : FRANCAIS;
}

/** Put the language in the page's own address. @param {string} code */
export function retenirLangue(code) {
  const p = new URLSearchParams(location.hash.replace(/^#/, ""));
  if (code === FRANCAIS) p.delete(CLE);
  else p.set(CLE, code);
  const fragment = p.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
  history.replaceState(history.state, "", `${location.pathname}${location.search}${fragment && `#${fragment}`}`);
  dispatchEvent(new Event("hashchange"));
}

/** @param {string} code @param {{ racine: string, lettres: string }} ou folders, ending with a slash @returns {Promise<Choisie>} */
export async function chargerLangue(code, { racine, lettres }) {
  const reponse = await fetch(`${racine}donnees/feuille/${code}.json`);
  if (!reponse.ok) throw new Error(`langue ${code} : ${reponse.status}`);
  /** @type {Langue} */
  const langue = await reponse.json();
  if (langue.lettres) await chargerLettres(`${lettres}${langue.lettres}.css`);
  return { ...langue, code };
}

/** The sheet that names the letters, once. @param {string} adresse @returns {Promise<void>} */
function chargerLettres(adresse) {
  if (document.querySelector(`link[data-lettres="${adresse}"]`)) return Promise.resolve();
  return new Promise((suite) => {
    const lien = Object.assign(document.createElement("link"), { rel: "stylesheet", href: adresse });
    lien.dataset.lettres = adresse;
    // Without them the machine's own letters do, where it has some.
    lien.addEventListener("load", () => suite());
    lien.addEventListener("error", () => suite());
    document.head.append(lien);
  });
}

/** A day written in a language. @param {Langue} langue @param {number} jour days since 1970-01-01 */
export function direJour({ locale }, jour) {
  const forme = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const date = forme.format(new Date(jour * JOUR_MS));
  return locale.startsWith("fr") ? date.replace(" 1 ", " 1er ") : date;
}

/** « 12:00–18:00 »: figures that every reader of hours knows. @param {[number, number][]} plages minutes of the day */
export const direHeures = (plages) => plages.map(([de, a]) => `${horloge(de)}–${horloge(a)}`).join(", ");

/** @param {number} minute */
const horloge = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
