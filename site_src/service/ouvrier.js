// The service worker: what was opened once works without network, and never passes for fresh.
// Classic script; the build writes PLAN above it. One cache holds the shell and the départements that are kept, all of one
// version; another holds the rest of what was visited. A new version takes over only once it is complete.

const ouvrier = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PORTEE = ouvrier.registration.scope;
// Two sites may share an origin (pages of two repositories): each touches its own caches only.
const PREFIXE = `carte:${PORTEE}:`;
const GARDE = PREFIXE + PLAN.version;
const VISITES = `${GARDE}:visites`;
const VISITES_MAX = 60;
// On a bad line, what is kept is shown rather than nothing.
const DELAI = 4000;
// The page comes first: what it will need without network is fetched after.
const REPIT = 1500;

ouvrier.addEventListener("install", (evenement) => evenement.waitUntil(installer()));
ouvrier.addEventListener("activate", (evenement) => evenement.waitUntil(activer()));
ouvrier.addEventListener("message", (evenement) => evenement.waitUntil(entendre(evenement)));
ouvrier.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(PORTEE)) return;
  const chemin = url.href.slice(PORTEE.length).replace(/[?#].*$/, "");
  if (request.mode === "navigate") evenement.respondWith(page(evenement, chemin));
  else if (chemin.startsWith("assets/")) evenement.respondWith(actif(evenement, chemin));
  else if (chemin.startsWith("donnees/") || chemin.startsWith("carte/")) evenement.respondWith(donnee(evenement, chemin));
});

async function installer() {
  const gardes = await departementsGardes();
  const cache = await caches.open(GARDE);
  await Promise.all(PLAN.coquille.map((chemin) => garder(cache, chemin)));
  // All or nothing: if a kept département cannot be refreshed, the former version stays, whole.
  for (const code of gardes) if (PLAN.departements[code]) await garderDepartement(code);
  await ouvrier.skipWaiting();
}

async function activer() {
  const noms = await caches.keys();
  const anciens = noms.filter((nom) => nom.startsWith(PREFIXE) && nom !== GARDE && nom !== VISITES);
  await Promise.all(anciens.map((nom) => caches.delete(nom)));
  await ouvrier.clients.claim();
}

/** @param {Cache} cache @param {string} chemin */
async function garder(cache, chemin) {
  const adresse = PORTEE + chemin;
  // These are named after their content: whoever has one has the right one.
  const fige = chemin.startsWith("assets/carte-") || chemin.startsWith("donnees/hors-ligne/");
  const deja = fige ? await caches.match(adresse) : undefined;
  const reponse = deja ?? (await fetch(adresse, { cache: fige ? "default" : "no-cache" }));
  // A redirection is not ours: it is the sign-in page of a public hotspot.
  if (!reponse.ok || reponse.redirected) throw new Error(`${chemin} : ${reponse.status}`);
  await cache.put(adresse, reponse);
}

/** Codes of the départements kept, by this version or a former one. @returns {Promise<Set<string>>} */
async function departementsGardes() {
  const codes = new Set();
  for (const nom of (await caches.keys()).filter((n) => n.startsWith(PREFIXE))) {
    for (const requete of await (await caches.open(nom)).keys()) {
      const trouve = /\/donnees\/hors-ligne\/([^/.]+)\.[^/]+$/.exec(requete.url);
      if (trouve) codes.add(trouve[1]);
    }
  }
  return codes;
}

/** @param {string} code */
async function estGarde(code) {
  const departement = PLAN.departements[code];
  return Boolean(departement && (await caches.match(PORTEE + departement.paquet, { cacheName: GARDE })));
}

/** @type {Map<string, Promise<void>>} */
const enCours = new Map();

/** @param {string} code */
function garderDepartement(code) {
  const deja = enCours.get(code) ?? telechargerDepartement(code).finally(() => enCours.delete(code));
  enCours.set(code, deja);
  return deja;
}

/** @param {string} code */
async function telechargerDepartement(code) {
  const departement = PLAN.departements[code];
  if (!departement || (await estGarde(code))) return;
  const cache = await caches.open(GARDE);
  try {
    await Promise.all(departement.adresses.map((adresse) => garder(cache, adresse)));
    // Last: its presence says that everything is there.
    await garder(cache, departement.paquet);
  } catch (erreur) {
    await oublier(code);
    throw erreur;
  }
}

/** @param {string} code */
async function oublier(code) {
  const departement = PLAN.departements[code];
  const cache = await caches.open(GARDE);
  for (const chemin of departement ? [departement.paquet, ...departement.adresses] : []) await cache.delete(PORTEE + chemin);
}

/** The département that a page or a file belongs to. @param {string} chemin @returns {string | undefined} */
function departementDe(chemin) {
  const code = /^(?:lieux|noms|communes)\/([^/]+)\//.exec(chemin)?.[1];
  if (code) return Object.keys(PLAN.departements).find((d) => (chemin.startsWith("communes/") ? code.startsWith(d) : code === d));
  return Object.keys(PLAN.departements).find(
    (d) => PLAN.departements[d]?.automatique && PLAN.departements[d]?.adresses.includes(chemin),
  );
}

/** What was opened once is kept, unless the visitor asked to spare data. @param {string[]} chemins */
async function retenirDepartements(chemins) {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (ouvrier.navigator);
  if (connection?.saveData) return;
  for (const code of new Set(chemins.map(departementDe))) {
    if (!code || enCours.has(code) || (await estGarde(code))) continue;
    await new Promise((suite) => setTimeout(suite, REPIT));
    await garderDepartement(code).then(() => repondre(code), () => repondre(code, true));
  }
}

/** Tell every open page the state of a département. @param {string} code @param {boolean} echec */
async function repondre(code, echec = false) {
  const { octets = 0 } = PLAN.departements[code] ?? {};
  const message = { type: "departement", code, garde: await estGarde(code), octets, echec };
  for (const client of await ouvrier.clients.matchAll()) client.postMessage(message);
}

/** @param {ExtendableMessageEvent} evenement */
async function entendre({ data }) {
  if (data.type === "ouvert") return retenirDepartements(data.chemins);
  if (!PLAN.departements[data.code]) return;
  if (data.type === "oublier") await oublier(data.code);
  if (data.type !== "garder") return repondre(data.code);
  await garderDepartement(data.code).then(() => repondre(data.code), () => repondre(data.code, true));
}

/** The network first; what is kept when it fails or dawdles, and then said. @param {FetchEvent} evenement @param {string} chemin */
async function page(evenement, chemin) {
  const reponse = await auMieux(evenement.request, () => pageGardee(chemin));
  if (!reponse) return (await pageGardee("hors-connexion/", chemin)) ?? Response.error();
  if (reponse.ok && reponse.type === "basic") {
    const html = reponse.headers.get("content-type")?.startsWith("text/html");
    if (html) evenement.waitUntil(retenirVisite(chemin, reponse.clone()));
    evenement.waitUntil(retenirDepartements([chemin]));
  }
  return reponse;
}

/** @param {FetchEvent} evenement @param {string} chemin */
async function donnee(evenement, chemin) {
  let garde = false;
  const reponse = await auMieux(evenement.request, async () => {
    const trouvee = await chercher(chemin);
    garde = Boolean(trouvee);
    return trouvee;
  });
  if (!reponse) return Response.error();
  if (garde) {
    const client = await ouvrier.clients.get(evenement.clientId);
    client?.postMessage({ type: "hors-ligne" });
  } else if (reponse.ok) {
    evenement.waitUntil(retenirVisite(chemin, reponse.clone()));
    evenement.waitUntil(retenirDepartements([chemin]));
  }
  return reponse;
}

/** Static files are named after their content. @param {FetchEvent} evenement @param {string} chemin */
async function actif(evenement, chemin) {
  const garde = await chercher(chemin);
  if (garde) return garde;
  const reponse = await fetch(evenement.request);
  if (reponse.ok) evenement.waitUntil(retenirVisite(chemin, reponse.clone()));
  return reponse;
}

/** @param {Request} requete @param {() => Promise<Response | undefined>} secours @returns {Promise<Response | undefined>} */
async function auMieux(requete, secours) {
  const reseau = fetch(requete).catch(() => undefined); // no network: what is kept answers below
  const lent = new Promise((suite) => setTimeout(suite, DELAI)).then(secours);
  const premiere = await Promise.race([reseau, lent.then((garde) => garde ?? reseau)]);
  return premiere ?? secours();
}

/** @param {string} chemin @returns {Promise<Response | undefined>} */
async function chercher(chemin) {
  const adresse = PORTEE + chemin;
  return (await caches.match(adresse, { cacheName: GARDE })) ?? caches.match(adresse, { cacheName: VISITES });
}

/** What belongs to this version is not overwritten by a newer one, page by page. @param {string} chemin @param {Response} reponse */
async function retenirVisite(chemin, reponse) {
  if (await caches.match(PORTEE + chemin, { cacheName: GARDE })) return;
  const cache = await caches.open(VISITES);
  await cache.put(PORTEE + chemin, reponse);
  const pages = (await cache.keys()).filter(({ url }) => !url.startsWith(`${PORTEE}assets/`));
  for (const ancienne of pages.slice(0, Math.max(0, pages.length - VISITES_MAX))) await cache.delete(ancienne);
}

/**
 * A kept page, with its notice shown. `vue`: the address it is shown at, when it stands for another.
 * @param {string} chemin @param {string} vue @returns {Promise<Response | undefined>}
 */
async function pageGardee(chemin, vue = chemin) {
  const html = (await (await chercher(chemin))?.text()) ?? (await dansUnPaquet(chemin));
  if (html === undefined) return undefined;
  const ailleurs = vue === chemin ? html : html.replaceAll('="../', `="${new URL(PORTEE).pathname}`);
  const corps = ailleurs.replace("data-hors-ligne hidden", "data-hors-ligne");
  return new Response(corps, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** Pages of a département are stored as runs of shared lines. @param {string} chemin @returns {Promise<string | undefined>} */
async function dansUnPaquet(chemin) {
  for (const { paquet } of Object.values(PLAN.departements)) {
    const reponse = await caches.match(PORTEE + paquet, { cacheName: GARDE });
    const { lignes, pages } = reponse ? await reponse.json() : { lignes: [], pages: {} };
    /** @type {number[] | undefined} */
    const suites = pages[chemin];
    if (!suites) continue;
    const morceaux = [];
    for (let i = 0; i < suites.length; i += 2) morceaux.push(...lignes.slice(suites[i], (suites[i] ?? 0) + (suites[i + 1] ?? 0)));
    return morceaux.join("\n");
  }
  return undefined;
}
