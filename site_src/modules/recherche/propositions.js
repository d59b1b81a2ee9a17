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

  /** @param {T[]} nouveaux @param {boolean} [suite] they start with those that are shown: the one aimed at stays so */
  function montrer(nouveaux, suite = false) {
    if (!nouveaux.length) return fermer();
    choix = nouveaux;
    // At each key, what is there is kept and only its text changes.
    choix.forEach((un, rang) => {
      const ligne = liste.children[rang] ?? liste.appendChild(nouvelle(rang));
      const nom = ligne.firstElementChild;
      if (nom && nom.textContent !== nommer(un)) nom.textContent = nommer(un);
    });
    while (liste.children.length > choix.length) liste.lastElementChild?.remove();
    if (liste.hidden) {
      liste.hidden = false;
      champ.setAttribute("aria-expanded", "true");
    }
    if (!suite) viser(-1);
    annoncer(choix.length);
  }

  /** @param {number} rang */
  function nouvelle(rang) {
    const li = document.createElement("li");
    li.id = `${liste.id}-${rang}`;
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    li.append(document.createElement("bdi"));
    return li;
  }

  // mousedown comes before the blur that closes the list
  liste.addEventListener("mousedown", (evenement) => {
    evenement.preventDefault();
    const li = evenement.target instanceof Element ? evenement.target.closest("li") : null;
    if (li) prendre([...liste.children].indexOf(li));
  });

  /** @param {number} rang */
  function viser(rang) {
    liste.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    actif = rang;
    const vise = liste.children[rang];
    if (!vise) return champ.removeAttribute("aria-activedescendant");
    vise.setAttribute("aria-selected", "true");
    champ.setAttribute("aria-activedescendant", vise.id);
    vise.scrollIntoView({ block: "nearest" });
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
