// Hand a page over by the phone's own sheet, a message, an e-mail or a link: nothing is sent by the site.

const textes = {
  titre: "Partager",
  appareil: "Avec une application",
  sms: "Par SMS",
  courriel: "Par courriel",
  copier: "Copier le lien",
  copie: "Le lien est copié.",
  nonCopie: "Le lien n’a pas pu être copié : le voici, à copier à la main.",
};

/**
 * Fill the box with the ways to share an address; called again, it forgets the former one.
 * @param {HTMLElement} boite @param {{ titre: string, adresse: string, lignes?: string[] }} quoi `lignes`: what goes with
 *   the address in a message (a phone number)
 */
export function proposerPartage(boite, { titre, adresse, lignes = [] }) {
  const message = [titre, ...lignes, adresse].join("\n");
  const etat = document.createElement("p");
  etat.setAttribute("role", "status");
  const moyens = document.createElement("ul");
  moyens.className = "actions";
  const ajouter = (/** @type {HTMLElement} */ moyen) => {
    const point = document.createElement("li");
    moyen.className = "bouton bouton--discret";
    point.append(moyen);
    moyens.append(point);
  };
  if ("share" in navigator) ajouter(bouton(textes.appareil, () => partager({ title: titre, text: [titre, ...lignes].join("\n"), url: adresse })));
  ajouter(lien(textes.sms, `sms:?&body=${encodeURIComponent(message)}`));
  ajouter(lien(textes.courriel, `mailto:?subject=${encodeURIComponent(titre)}&body=${encodeURIComponent(message.replaceAll("\n", "\r\n"))}`));
  ajouter(bouton(textes.copier, () => copier(adresse, etat)));
  const repli = boite.querySelector("details") ?? document.createElement("details");
  const resume = document.createElement("summary");
  resume.textContent = textes.titre;
  repli.className = "repli partage a-l-ecran";
  repli.replaceChildren(resume, moyens, etat);
  boite.replaceChildren(repli);
}

/** @param {ShareData} quoi */
async function partager(quoi) {
  try {
    await navigator.share(quoi);
  } catch (erreur) {
    // Closing the phone's sheet is a choice, not a fault.
    if (!(erreur instanceof DOMException && erreur.name === "AbortError")) throw erreur;
  }
}

/** @param {string} adresse @param {HTMLElement} etat */
async function copier(adresse, etat) {
  try {
    await navigator.clipboard.writeText(adresse);
    etat.textContent = textes.copie;
  } catch {
    // Refused, or a page that is not secure: the address is shown whole.
    const champ = document.createElement("input");
    Object.assign(champ, { readOnly: true, value: adresse, className: "partage__adresse" });
    champ.setAttribute("aria-label", textes.copier);
    etat.replaceChildren(textes.nonCopie, champ);
    champ.select();
  }
}

/** @param {string} texte @param {() => void} faire */
function bouton(texte, faire) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = texte;
  element.addEventListener("click", faire);
  return element;
}

/** @param {string} texte @param {string} href */
function lien(texte, href) {
  const element = document.createElement("a");
  element.href = href;
  element.textContent = texte;
  return element;
}
