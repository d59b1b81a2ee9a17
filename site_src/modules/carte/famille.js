// The family of services that the map shows: one choice, kept in the address so that a filtered map can be shared.

/** The chosen button, that of all families when nothing is. @param {HTMLFieldSetElement} filtre @returns {HTMLInputElement} */
export const choisie = (filtre) =>
  /** @type {HTMLInputElement} */ (filtre.querySelector("input:checked") ?? filtre.querySelector("input"));

/** @param {HTMLFieldSetElement} filtre */
export function retrouver(filtre) {
  const voulue = new URLSearchParams(location.search).get("famille") ?? "";
  for (const bouton of filtre.querySelectorAll("input")) bouton.checked = bouton.value === voulue;
  choisie(filtre).checked = true;
}

/** @param {HTMLFieldSetElement} filtre */
export function retenir(filtre) {
  const { value } = choisie(filtre);
  history.replaceState(null, "", value ? `?famille=${encodeURIComponent(value)}` : location.pathname);
}
