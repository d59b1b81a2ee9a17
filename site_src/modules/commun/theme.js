// Light or dark: follows the device, unless the visitor chose. Classic script, read before the page is painted.
(() => {
  const CLE = "carte.theme";
  const racine = document.documentElement;
  const sombreParDefaut = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {string | null} */
  function choisi() {
    try {
      return localStorage.getItem(CLE);
    } catch {
      return null; // storage refused by the visitor: the choice lasts as long as the page
    }
  }

  /** @param {string} theme */
  function appliquer(theme) {
    racine.dataset.theme = theme;
    try {
      localStorage.setItem(CLE, theme);
    } catch {
      // storage refused by the visitor
    }
  }

  const estSombre = () => (racine.dataset.theme ? racine.dataset.theme === "sombre" : sombreParDefaut.matches);

  const theme = choisi();
  if (theme === "sombre" || theme === "clair") racine.dataset.theme = theme;

  // A search that the address asks for: the page takes at once the shape that its results will need.
  if (document.currentScript?.dataset.cherche !== undefined && location.search.length > 1) {
    racine.dataset.cherche = "";
  }

  addEventListener("DOMContentLoaded", () => {
    const bouton = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-theme-bouton]"));
    if (!bouton) return;
    const nommer = () => {
      bouton.textContent = estSombre() ? "Thème clair" : "Thème sombre";
    };
    bouton.hidden = false;
    nommer();
    sombreParDefaut.addEventListener("change", nommer);
    bouton.addEventListener("click", () => {
      appliquer(estSombre() ? "clair" : "sombre");
      nommer();
    });
  });
})();
