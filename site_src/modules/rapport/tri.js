// Tables sorted by a click on a heading: numbers by their exact value, the unknown always last.

const comparer = new Intl.Collator("fr", { numeric: true, sensitivity: "base" }).compare;

/** @param {HTMLTableElement} table with one row of headings */
export function rendreTriable(table) {
  const corps = table.tBodies[0];
  const entetes = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!corps) return;
  for (const [rang, entete] of entetes.entries()) {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "chiffres__tri";
    const lien = entete.querySelector("a");
    bouton.append(...[...entete.childNodes].filter((noeud) => noeud !== lien));
    entete.prepend(bouton);
    bouton.addEventListener("click", () => {
      const sens = entete.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const autre of entetes) autre.removeAttribute("aria-sort");
      entete.setAttribute("aria-sort", sens === 1 ? "ascending" : "descending");
      corps.append(...[...corps.rows].sort((a, b) => ordre(a.cells[rang], b.cells[rang], sens)));
    });
  }
}

/** @param {HTMLTableCellElement | undefined} a @param {HTMLTableCellElement | undefined} b @param {1 | -1} sens */
function ordre(a, b, sens) {
  const [x, y] = [valeur(a), valeur(b)];
  if (typeof x === "number" && typeof y === "number") return (x - y) * sens;
  if (typeof x === "number") return -1;
  if (typeof y === "number") return 1;
  return comparer(x, y) * sens;
}

/** @param {HTMLTableCellElement | undefined} cellule @returns {number | string} */
function valeur(cellule) {
  const tri = cellule?.dataset.tri;
  if (tri === undefined) return cellule?.textContent?.trim() ?? "";
  return tri === "inf" ? Infinity : Number(tri);
}
