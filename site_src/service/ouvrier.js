// The service worker: what was opened once works without network or on a bad one, and never passes for fresh.
// Classic script; the build writes PLAN above it. One cache holds the shell and the départements that are kept, all of one
// version; another holds the rest of what was visited. A new version takes over only once it is complete.

const ouvrier = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PORTEE = ouvrier.registration.scope;
// Two sites may share an origin (two repositories): each touches its own caches only.
const PREFIXE = `carte:${PORTEE}:`;
const GARDE = PREFIXE + PLAN.version;
const VISITES = `${GARDE}:visites`;
const VISITES_MAX = 60;
// What a visitor removed from the device is not brought back without asking.
const REFUS = `${PREFIXE}refus`;
// What is kept is shown at once; the network has this long to come first with something fresher.
const AVANCE = 400;
// A line that has just been slow is not waited for again, for this long.
const LENTEUR = 60_000;
// An answer that takes longer says that the line is slow: the page then says how old it is.
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
  else if (/^(?:donnees|carte)\/|^lieux\/.+\.svg$/.test(chemin)) evenement.respondWith(donnee(evenement, chemin));
});

async function installer() {
  const gardes = await departementsGardes();
  const cache = await caches.open(GARDE);
  await Promise.all(PLAN.coquille.map((chemin) => garder(cache, chemin)));
  // All or nothing: if a kept département cannot be refreshed, the former version stays, whole.
  for (const code of new Set(gardes)) if (PLAN.departements[code]) await garderDepartement(code);
  await ouvrier.skipWaiting();
}

async function activer() {
  const anciens = (await caches.keys()).filter((n) => n.startsWith(PREFIXE) && ![GARDE, VISITES, REFUS].includes(n));
  await Promise.all(anciens.map((nom) => caches.delete(nom)));
  await ouvrier.clients.claim();
  // Pages opened with a former publication may say that a newer one is there.
  if (anciens.length) await dire({ type: "nouvelle" });
}

/** @param {Cache} cache @param {string} chemin */
async function garder(cache, chemin) {
  const adresse = PORTEE + chemin;
  // These are named after their content: whoever has one has the right one.
  const fige = chemin.startsWith("assets/carte-") || chemin.startsWith("donnees/hors-ligne/");
  const deja = fige ? await caches.match(adresse) : undefined;
  const reponse = deja ?? (await fetch(adresse, { cache: fige ? "force-cache" : "no-cache" }));
  // A redirection is not ours: it is the sign-in page of a public hotspot.
  if (!reponse.ok || reponse.redirected) throw new Error(`${chemin} : ${reponse.status}`);
  await cache.put(adresse, deja || !chemin.startsWith("donnees/hors-ligne/") ? reponse : await decompresser(reponse));
}

/** Codes of the départements kept, by this version or a former one. */
async function departementsGardes() {
  const siens = (await caches.keys()).filter((nom) => nom.startsWith(PREFIXE));
  const listes = await Promise.all(siens.map(async (nom) => (await caches.open(nom)).keys()));
  return listes.flat().flatMap(({ url }) => /\/donnees\/hors-ligne\/([^/.]+)\.[^/]+$/.exec(url)?.[1] ?? []);
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

/**
 * What was opened once is kept, and the few départements of a small site: unless the visitor asked to spare data, or
 * removed them. @param {string[]} chemins
 */
async function retenirDepartements(chemins) {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (ouvrier.navigator);
  if (connection?.saveData) return;
  const siens = Object.keys(PLAN.departements).filter((code) => PLAN.departements[code]?.automatique);
  for (const code of new Set([...siens, ...chemins.map(departementDe)])) {
    if (!code || enCours.has(code) || (await estGarde(code)) || (await refuse(code))) continue;
    await new Promise((suite) => setTimeout(suite, REPIT));
    await garderDepartement(code).then(() => repondre(code), () => repondre(code, true));
  }
}

/** The map of a large perimeter is not in the shell: it is kept once opened, what fails today at another visit.
 * @param {string[]} chemins */
async function retenirCarte(chemins) {
  if (!chemins.includes("carte/")) return;
  const cache = await caches.open(GARDE);
  const gardees = (await cache.keys()).map(({ url }) => url);
  await Promise.allSettled(PLAN.carte.filter((c) => !gardees.includes(PORTEE + c)).map((c) => garder(cache, c)));
}

/** @param {string} code */
const marque = (code) => `${PORTEE}refus/${code}`;

/** @param {string} code */
const refuse = async (code) => Boolean(await caches.match(marque(code), { cacheName: REFUS }));

/** @param {string} code @param {boolean} refuse */
async function noterRefus(code, refuse) {
  const cache = await caches.open(REFUS);
  if (refuse) await cache.put(marque(code), new Response());
  else await cache.delete(marque(code));
}

/** @param {object} message */
async function dire(message) {
  for (const client of await ouvrier.clients.matchAll()) client.postMessage(message);
}

/** Tell every open page the state of a département. @param {string} code @param {boolean} echec */
async function repondre(code, echec = false) {
  const { octets = 0 } = PLAN.departements[code] ?? {};
  await dire({ type: "departement", code, garde: await estGarde(code), octets, echec });
}

/** @param {ExtendableMessageEvent} evenement */
async function entendre({ data }) {
  if (data.type === "ouvert") return Promise.all([retenirDepartements(data.chemins), retenirCarte(data.chemins)]);
  if (!PLAN.departements[data.code]) return;
  if (data.type === "oublier" || data.type === "garder") await noterRefus(data.code, data.type === "oublier");
  if (data.type === "oublier") await oublier(data.code);
  if (data.type !== "garder") return repondre(data.code);
  await garderDepartement(data.code).then(() => repondre(data.code), () => repondre(data.code, true));
}

/** @param {FetchEvent} evenement @param {string} chemin */
async function page(evenement, chemin) {
  const { reponse, garde } = await auMieux(evenement, () => pageGardee(chemin));
  if (!reponse) return signaler((await pageGardee("hors-connexion/", chemin)) ?? Response.error(), "horsLigne");
  if (garde) return signaler(reponse, garde);
  if (reponse.ok && reponse.type === "basic") {
    if (reponse.headers.get("content-type")?.startsWith("text/html")) evenement.waitUntil(retenirVisite(chemin, reponse.clone()));
    evenement.waitUntil(retenirDepartements([chemin]));
  }
  return reponse;
}

/** @param {FetchEvent} evenement @param {string} chemin */
async function donnee(evenement, chemin) {
  const { reponse, garde } = await auMieux(evenement, () => chercher(chemin));
  if (!reponse) return Response.error();
  if (garde === "horsLigne") await avertir(evenement, garde);
  else if (!garde && reponse.ok) {
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

/** Until when the line is taken for slow: a worker that was put to sleep asks again. */
let lenteJusqua = 0;

/**
 * What comes first that is worth showing: a short lead for the network, then what is kept, while the network goes on
 * behind; without anything kept, the network, however long it takes. A browser would trust for days an old file.
 * @param {FetchEvent} evenement @param {() => Promise<Response | undefined>} secours
 * @returns {Promise<{ reponse: Response | undefined, garde: Garde }>}
 */
async function auMieux(evenement, secours) {
  const reseau = fetch(evenement.request, { cache: "no-cache" }).catch(() => undefined); // no network: what is kept answers below
  const attente = Date.now() < lenteJusqua ? 0 : AVANCE;
  const premiere = await Promise.race([reseau, pause(attente).then(() => /** @type {const} */ ("lent"))]);
  if (premiere && premiere !== "lent") return { reponse: premiere, garde: "" };
  const garde = await secours();
  if (!garde) return { reponse: await reseau, garde: "" };
  if (!premiere) return { reponse: garde, garde: "horsLigne" };
  evenement.waitUntil(suivre(evenement, reseau));
  return { reponse: garde, garde: "garde" };
}

/** Behind what is shown: says that the line is slow, or that there is none. A newer publication comes whole, with the
 * worker that the browser asks for itself. @param {FetchEvent} evenement @param {Promise<Response | undefined>} reseau */
async function suivre(evenement, reseau) {
  const lente = await Promise.race([reseau.then(() => false), pause(DELAI - AVANCE).then(() => true)]);
  if (lente) {
    lenteJusqua = Date.now() + LENTEUR;
    await avertir(evenement, "lent");
  }
  if (!(await reseau)) await avertir(evenement, "horsLigne");
}

/** @param {FetchEvent} evenement @param {Garde} garde */
async function avertir({ clientId, resultingClientId }, garde) {
  const client = await ouvrier.clients.get(resultingClientId || clientId);
  client?.postMessage({ type: "garde", garde });
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((suite) => setTimeout(suite, ms));

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

/** @typedef {"" | "garde" | "lent" | "horsLigne"} Garde  why what is kept was given; nothing: it was not */

/** A kept page says so from the start when there is no network. @param {Response} reponse @param {Garde} garde */
async function signaler(reponse, garde) {
  if (garde !== "horsLigne" || !reponse.ok) return reponse;
  return html((await reponse.text()).replace("data-hors-ligne hidden", "data-hors-ligne"));
}

/** @param {string} corps */
const html = (corps) => new Response(corps, { headers: { "content-type": "text/html; charset=utf-8" } });

/**
 * A kept page. `vue`: the address it is shown at, when it stands for another.
 * @param {string} chemin @param {string} vue @returns {Promise<Response | undefined>}
 */
async function pageGardee(chemin, vue = chemin) {
  const corps = (await (await chercher(chemin))?.text()) ?? (await dansUnPaquet(chemin));
  if (corps === undefined) return undefined;
  return html(vue === chemin ? corps : corps.replaceAll('="../', `="${new URL(PORTEE).pathname}`));
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
