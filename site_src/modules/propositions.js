// The list that opens under the box: a combobox, all with the keyboard.

/**
 * @template T
 * @param {HTMLInputElement} champ @param {HTMLElement} liste
 * @param {{ nommer: (choix: T) => string, choisir: (choix: T) => void, annoncer: (n: number) => void }} options
 */
export function propositions(champ, liste, { nommer, choisir, annoncer }) {
  /** @type {T[]} */
  let choix = [];
  let actif = -1;

  champ.setAttribute("role", "combobox");
  champ.setAttribute("aria-autocomplete", "list");
  champ.setAttribute("aria-controls", liste.id);
  champ.setAttribute("aria-expanded", "false");

  function fermer() {
    choix = [];
    actif = -1;
    liste.hidden = true;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }

  /** @param {T[]} nouveaux */
  function montrer(nouveaux) {
    if (!nouveaux.length) return fermer();
    choix = nouveaux;
    liste.replaceChildren(...choix.map(ligne));
    liste.hidden = false;
    champ.setAttribute("aria-expanded", "true");
    viser(-1);
    annoncer(choix.length);
  }

  /** @param {T} un @param {number} rang */
  function ligne(un, rang) {
    const li = document.createElement("li");
    li.id = `${liste.id}-${rang}`;
    li.setAttribute("role", "option");
    const nom = document.createElement("bdi");
    nom.textContent = nommer(un);
    li.append(nom);
    // mousedown comes before the blur that closes the list
    li.addEventListener("mousedown", (evenement) => {
      evenement.preventDefault();
      prendre(rang);
    });
    return li;
  }

  /** @param {number} rang */
  function viser(rang) {
    actif = rang;
    [...liste.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === rang)));
    if (rang >= 0) champ.setAttribute("aria-activedescendant", `${liste.id}-${rang}`);
    else champ.removeAttribute("aria-activedescendant");
    liste.children[rang]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} rang */
  function prendre(rang) {
    const pris = choix[rang];
    fermer();
    if (pris !== undefined) choisir(pris);
  }

  champ.addEventListener("keydown", (evenement) => {
    if (liste.hidden) return;
    const n = choix.length;
    if (evenement.key === "ArrowDown") viser((actif + 1) % n);
    else if (evenement.key === "ArrowUp") viser((actif <= 0 ? n : actif) - 1);
    else if (evenement.key === "Escape") fermer();
    else if (evenement.key === "Enter" && actif >= 0) prendre(actif);
    else return;
    evenement.preventDefault();
  });
  champ.addEventListener("blur", fermer);

  return { montrer, fermer };
}
