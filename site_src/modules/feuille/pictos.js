// What each part of a sheet is about, for who does not read: drawn in the page, so that paper has them too.

const SVG = "http://www.w3.org/2000/svg";
// On a square of 24, strokes of 2.
const TRAITS = {
  horloge: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4v5l4 2",
  telephone: "M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  lieu: "M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  prix: "M18 6.5A6.5 6.5 0 0 0 8 12a6.5 6.5 0 0 0 10 5.5M5 10.5h8M5 13.5h8",
  acces: "M10 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zm0 2.500v6h5l3 6M10 10.500h5M8 11a5 5 0 1 0 6.500 7",
  langues: "M4 4h11v8H9l-3 3v-3H4zM18 9h2v8h-2v3l-3-3h-4v-2",
  apporter: "M4 9h16l-1 11H5zM8 9V7a4 4 0 0 1 8 0v2",
  notes: "M5 20l1-5L16 5l4 4L10 19zM14 7l4 4",
};

/** @typedef {keyof typeof TRAITS} Picto */

/** @param {Picto} nom @returns {SVGSVGElement} */
export function picto(nom) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "feuille-lieu__picto");
  svg.setAttribute("aria-hidden", "true");
  const trait = document.createElementNS(SVG, "path");
  trait.setAttribute("d", TRAITS[nom]);
  svg.append(trait);
  return svg;
}
