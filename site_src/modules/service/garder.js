// The button that keeps a département on the device, or removes it.

const textes = {
  garder: "Garder ce département hors connexion",
  retirer: "Retirer ce département de l’appareil",
  enCours: "Téléchargement en cours…",
  echec: "Le téléchargement n’a pas abouti. Réessayez avec une meilleure connexion.",
  /** @param {string} nom @param {string} poids */
  garde: (nom, poids) => `${nom} est sur cet appareil (${poids}) : recherche, listes et fiches marchent sans réseau.`,
  /** @param {string} poids */
  absent: (poids) => `Environ ${poids} à télécharger.`,
};

/** @param {HTMLElement} bloc @param {ServiceWorkerContainer} serviceWorker */
export function boutonGarder(bloc, serviceWorker) {
  const code = bloc.dataset.garder ?? "";
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton bouton--discret";
  const etat = document.createElement("span");
  etat.setAttribute("role", "status");
  bloc.append(bouton, etat);
  let garde = false;

  /** @param {string} type */
  const demander = async (type) => (await serviceWorker.ready).active?.postMessage({ type, code });

  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type !== "departement" || data.code !== code) return;
    garde = data.garde;
    const poids = `${Math.max(1, Math.round(data.octets / 1000)).toLocaleString("fr-FR")} ko`;
    bouton.textContent = garde ? textes.retirer : textes.garder;
    etat.textContent = data.echec ? textes.echec : garde ? textes.garde(bloc.dataset.nom ?? "", poids) : textes.absent(poids);
    bloc.hidden = false;
  });
  bouton.addEventListener("click", () => {
    if (!garde) etat.textContent = textes.enCours;
    demander(garde ? "oublier" : "garder");
  });
  demander("etat");
}
