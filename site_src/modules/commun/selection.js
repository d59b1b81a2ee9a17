// The places chosen for the sheet to hand over: kept in the fragment of the address (`#feuille=99/a,99/b`), nowhere else.

export const MAX = 4;
const CLE = "feuille";
const IDENTIFIANT = /^[0-9][0-9AB][0-9]?\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The chosen ids of an address's fragment, in order, at most 4; anything that is no id is left out.
 * @param {string} fragment @returns {string[]} */
export function lire(fragment) {
  const brut = new URLSearchParams(fragment.replace(/^#/, "")).get(CLE) ?? "";
  return [...new Set(brut.split(",").filter((id) => IDENTIFIANT.test(id)))].slice(0, MAX);
}

/** The fragment with these ids, its other keys kept; empty when nothing is left in it.
 * @param {string[]} ids @param {string} fragment @returns {string} */
export function ecrire(ids, fragment) {
  const p = new URLSearchParams(fragment.replace(/^#/, ""));
  if (ids.length) p.set(CLE, ids.join(","));
  else p.delete(CLE);
  const texte = p.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
  return texte ? `#${texte}` : "";
}

/** The ids with one more or one less; unchanged when it would be one too many.
 * @param {string[]} ids @param {string} id @returns {string[]} */
export function basculer(ids, id) {
  if (ids.includes(id)) return ids.filter((autre) => autre !== id);
  return ids.length < MAX ? [...ids, id] : ids;
}

/** Put the ids in the page's own address, without a new entry in the history. @param {string[]} ids */
export function retenir(ids) {
  const { pathname, search, hash } = location;
  history.replaceState(history.state, "", pathname + search + ecrire(ids, hash));
  dispatchEvent(new Event("hashchange"));
}

/** The links of the page to other pages of the site take the choice along. */
export function transporter() {
  addEventListener(
    "click",
    (evenement) => {
      const lien = evenement.target instanceof Element ? evenement.target.closest("a[href]") : null;
      const ids = lire(location.hash);
      if (!(lien instanceof HTMLAnchorElement) || !ids.length || lien.hasAttribute("download")) return;
      const autrePage = lien.origin === location.origin && lien.pathname !== location.pathname;
      if (autrePage && lien.pathname.endsWith("/") && !lien.hash) lien.hash = ecrire(ids, "");
    },
    { capture: true },
  );
}
