// Addresses through the national geocoding service, when the deployment allows it: asked on request, never as one types.

/** @typedef {{ libelle: string, lat: number, lon: number, departement: string }} Adresse */

const MAXIMUM = 5;
const DELAI_MS = 5000;

/** Whether a text looks like an address rather than a name: a figure, and letters. @param {string} texte */
export const ressembleAUneAdresse = (texte) => /\d/.test(texte) && /\p{L}{2}/u.test(texte);

/**
 * Addresses for a text, best first; null when the service does not answer.
 * @param {string} service address of the service's search @param {string} texte
 * @param {typeof fetch} [chercher] @returns {Promise<Adresse[] | null>}
 */
export async function geocoder(service, texte, chercher = fetch) {
  const parametres = new URLSearchParams({ q: texte.slice(0, 200), limit: String(MAXIMUM) });
  try {
    const reponse = await chercher(`${service}?${parametres}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(DELAI_MS),
    });
    return reponse.ok ? lire(await reponse.json()) : null;
  } catch {
    return null; // no network, or no answer in time: the gazetteer answers alone, and the page says so
  }
}

/** @param {any} brut GeoJSON of the service @returns {Adresse[]} */
function lire(brut) {
  const trouvees = Array.isArray(brut?.features) ? brut.features : [];
  return trouvees.flatMap((/** @type {any} */ f) => {
    const [lon, lat] = f?.geometry?.coordinates ?? [];
    const { label, citycode = "" } = f?.properties ?? {};
    if (typeof lat !== "number" || typeof lon !== "number" || typeof label !== "string") return [];
    const code = String(citycode);
    return [{ libelle: label, lat, lon, departement: code.slice(0, /^9[78]/.test(code) ? 3 : 2) }];
  });
}
