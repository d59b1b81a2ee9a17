// On a phone each row of a table is read as a card: every figure says the heading of its column.

/** @param {HTMLTableElement} table with one row of headings */
export function rendreEnCartes(table) {
  const titres = [...(table.tHead?.rows[0]?.cells ?? [])].map(titre);
  // Laid out as blocks, cells lose what they are for a screen reader: it is said again. The table itself stays one: with a
  // role of its own, its caption would be no part of it.
  for (const rangee of table.querySelectorAll("tr")) {
    rangee.setAttribute("role", "row");
    for (const [rang, cellule] of [...rangee.cells].entries()) {
      cellule.setAttribute("role", cellule.tagName === "TD" ? "cell" : cellule.scope === "row" ? "rowheader" : "columnheader");
      if (cellule.tagName === "TD") cellule.dataset.titre = titres[rang] ?? "";
    }
  }
  for (const groupe of table.querySelectorAll("thead, tbody")) groupe.setAttribute("role", "rowgroup");
  table.classList.add("chiffres--cartes");
}

/** The words of a heading, without the link to its definition; what it counts, in brackets.
 * @param {HTMLTableCellElement} entete */
function titre(entete) {
  const copie = /** @type {HTMLElement} */ (entete.cloneNode(true));
  for (const renvoi of copie.querySelectorAll(".renvoi")) renvoi.remove();
  for (const precision of copie.querySelectorAll("small")) precision.replaceWith(entreParentheses(precision));
  return serrer(copie);
}

/** @param {Element} precision */
function entreParentheses(precision) {
  const texte = serrer(precision);
  return texte && ` (${texte})`;
}

/** @param {Element} element */
function serrer(element) {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
