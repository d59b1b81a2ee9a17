// The list that opens under the box: a combobox, all with the keyboard. What answers a search pushes what follows it down,
// under its own title: it hides neither a message nor places, and stays until one chooses, closes it or writes again.

/** @template T */
export class Propositions {
  /** @type {T[]} */
  #choix = [];
  #actif = -1;

  /**
   * @param {HTMLInputElement} champ @param {HTMLElement} liste @param {HTMLElement} titre of what answers a search
   * @param {{ nommer: (choix: T) => string, choisir: (choix: T) => void, annoncer: (n: number) => void }} options
   */
  constructor(champ, liste, titre, { nommer, choisir, annoncer }) {
    this.champ = champ;
    this.liste = liste;
    this.titre = titre;
    this.nommer = nommer;
    this.choisir = choisir;
    this.annoncer = annoncer;
    champ.setAttribute("role", "combobox");
    champ.setAttribute("aria-autocomplete", "list");
    champ.setAttribute("aria-controls", liste.id);
    champ.setAttribute("aria-expanded", "false");
    champ.addEventListener("keydown", (evenement) => this.#suivreClavier(evenement));
    champ.addEventListener("blur", () => {
      if (titre.hidden) this.fermer();
    });
    // mousedown comes before the blur that closes the list
    liste.addEventListener("mousedown", (evenement) => {
      evenement.preventDefault();
      const li = evenement.target instanceof Element ? evenement.target.closest("li") : null;
      if (li) this.#prendre([...liste.children].indexOf(li));
    });
  }

  fermer() {
    this.#choix = [];
    this.#actif = -1;
    this.liste.hidden = this.titre.hidden = true;
    this.champ.setAttribute("aria-expanded", "false");
    this.champ.removeAttribute("aria-activedescendant");
  }

  /** @param {T[]} choix @param {boolean} [suite] they start with those that are shown: the one aimed at stays so */
  montrer(choix, suite = false) {
    if (!choix.length) return this.fermer();
    this.#choix = choix;
    this.titre.hidden = true;
    // At each key, what is there is kept and only its text changes.
    choix.forEach((un, rang) => {
      const ligne = this.liste.children[rang] ?? this.liste.appendChild(this.#nouvelle(rang));
      const nom = ligne.firstElementChild;
      if (nom && nom.textContent !== this.nommer(un)) nom.textContent = this.nommer(un);
    });
    while (this.liste.children.length > choix.length) this.liste.lastElementChild?.remove();
    if (this.liste.hidden) {
      this.liste.hidden = false;
      this.champ.setAttribute("aria-expanded", "true");
    }
    if (!suite) this.#viser(-1);
    this.annoncer(choix.length);
  }

  /** @param {T[]} choix @param {string} titre what they answer */
  repondre(choix, titre) {
    this.montrer(choix);
    this.titre.textContent = titre;
    this.titre.hidden = !choix.length;
  }

  /** @param {number} rang */
  #nouvelle(rang) {
    const li = document.createElement("li");
    li.id = `${this.liste.id}-${rang}`;
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    li.append(document.createElement("bdi"));
    return li;
  }

  /** @param {number} rang */
  #viser(rang) {
    this.liste.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    this.#actif = rang;
    const vise = this.liste.children[rang];
    if (!vise) return this.champ.removeAttribute("aria-activedescendant");
    vise.setAttribute("aria-selected", "true");
    this.champ.setAttribute("aria-activedescendant", vise.id);
    vise.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} rang */
  #prendre(rang) {
    const pris = this.#choix[rang];
    this.fermer();
    if (pris !== undefined) this.choisir(pris);
  }

  /** @param {KeyboardEvent} evenement */
  #suivreClavier(evenement) {
    if (this.liste.hidden) return;
    const [n, actif] = [this.#choix.length, this.#actif];
    if (evenement.key === "ArrowDown") this.#viser((actif + 1) % n);
    else if (evenement.key === "ArrowUp") this.#viser((actif <= 0 ? n : actif) - 1);
    else if (evenement.key === "Escape") this.fermer();
    else if (evenement.key === "Enter" && actif >= 0) this.#prendre(actif);
    else return;
    evenement.preventDefault();
  }
}
