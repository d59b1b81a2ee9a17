// Places by their name: those of the deployment's own départements first, and a few départements at a time.

/** @typedef {import("../commun/types.js").NomDeLieu} NomDeLieu */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {{ chercher: (texte: string) => Promise<NomDeLieu[] | null> }} Noms */
/** @typedef {{ points: Point[], voisins: import("../commun/types.js").Voisins, reste: import("../commun/types.js").Reste }} Trouvaille */

// Départements whose places are read at once: each weighs some ten kilobytes.
export const PAR_LOT = 6;

/**
 * Places by their name, best first: those of the own départements, then with those of the others. Null when more words
 * are needed. Others that cannot be read do not take away what is there; when more départements than at first are asked
 * for, what is there stays until they come.
 * @param {string} texte @param {number} combien départements opened, own ones first
 * @param {{ propres: Noms, autres: Noms | null }} noms
 * @param {(code: string) => Promise<Point[]>} departement
 * @returns {AsyncGenerator<Trouvaille | null>}
 */
export async function* chercherParNom(texte, combien, { propres, autres }, departement) {
  const ici = await propres.chercher(texte);
  if (!ici) return yield null;
  const premiers = await ouvrir(ici, combien, departement);
  if (!autres) return yield premiers;
  if (combien <= PAR_LOT) yield { ...premiers, voisins: "attendus" };
  try {
    const la = await autres.chercher(texte);
    const { reste, ...trouves } = la ? await ouvrir([...ici, ...la], combien, departement) : premiers;
    yield { ...trouves, reste: { ...reste, flou: la === null } };
  } catch {
    yield { ...premiers, voisins: "absents" }; // said on the page
  }
  return undefined;
}

/**
 * The places of the first départements that have some, by batches in the order in which they were opened: what is shown
 * does not move when more of them are. `reste`: what the others have. A département that cannot be read does not take away
 * what the others gave.
 * @param {NomDeLieu[]} trouves best first @param {number} combien
 * @param {(code: string) => Promise<Point[]>} departement @returns {Promise<Trouvaille>}
 */
async function ouvrir(trouves, combien, departement) {
  const codes = [...new Set(trouves.map(({ id }) => codeDe(id)))];
  const lots = new Map(codes.slice(0, combien).map((code, rang) => [code, Math.floor(rang / PAR_LOT)]));
  const montres = trouves.filter(({ id }) => lots.has(codeDe(id)));
  montres.sort((a, b) => (lots.get(codeDe(a.id)) ?? 0) - (lots.get(codeDe(b.id)) ?? 0));
  const rangs = new Map(montres.map(({ id }, rang) => [id, rang]));
  const lus = await Promise.allSettled([...lots.keys()].map(departement));
  const [rate] = lus.filter((lu) => lu.status === "rejected");
  if (rate && lus.every(({ status }) => status === "rejected")) throw rate.reason;
  const points = lus.flatMap((lu) => (lu.status === "fulfilled" ? lu.value : [])).filter(({ id }) => rangs.has(id));
  points.sort((a, b) => (rangs.get(a.id) ?? 0) - (rangs.get(b.id) ?? 0));
  const reste = { lieux: trouves.length - montres.length, departements: codes.length - lots.size, flou: false };
  return { points, reste, voisins: rate ? "absents" : "compris" };
}

/** @param {string} id */
const codeDe = (id) => id.slice(0, id.indexOf("/"));
