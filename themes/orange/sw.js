// @ts-check
/// <reference lib="webworker" />
/**
 * The published site without a network, always of one version. The generator writes `site` before this text.
 *
 * Each version has a cache of its own, whose files were checked by their hashes: a page never gets the files of another version,
 * not even while a host is being updated. A new version waits until the reader accepts it, or until no page of the old one is open.
 */

/**
 * @typedef {object} Site
 * @property {string} version
 * @property {Record<string, string>} pages    address → hash, of what is kept before the version is used
 * @property {Record<string, string>} others   the same, of what is kept when there is room, or when it was visited
 * @property {boolean} whole                   the others are fetched at once too
 */

/** @type {Site} */
// @ts-ignore
const { version, pages, others, whole } = site;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const prefix = `vereda ${new URL(scope).pathname} `;
const name = prefix + version;
/** Path → hash. */
const files = new Map(Object.entries({ ...pages, ...others }).map(([address, hash]) => [new URL(address, scope).pathname, hash]));
const lost = new URL('404.html', scope).pathname;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  if (event.data === 'update') event.waitUntil(worker.skipWaiting());
  else event.ports[0]?.postMessage(version);
});
worker.addEventListener('fetch', (event) => {
  const { method, url, headers } = event.request;
  if (method === 'GET' && url.startsWith(scope) && !headers.has('range')) event.respondWith(answer(event));
});

async function install() {
  const cache = await caches.open(name);
  const take = (/** @type {Record<string, string>} */ some) => Object.keys(some).map((address) => fetchFile(cache, new URL(address, scope).pathname));
  const failed = (await Promise.allSettled(take(pages))).find(({ status }) => status === 'rejected');
  if (failed) {
    await caches.delete(name);
    throw new Error(version);
  }
  if (whole) await Promise.allSettled(take(others));
}

/** Keeps the previous version, for its pages that are still open. */
async function activate() {
  const older = (await caches.keys()).filter((each) => each.startsWith(prefix) && each !== name);
  await Promise.all(older.slice(0, -1).map((each) => caches.delete(each)));
  await worker.clients.claim();
}

/**
 * @param {Cache} cache
 * @param {string} path
 */
async function fetchFile(cache, path) {
  const before = await caches.match(path);
  await keep(cache, path, before?.headers.get('vereda') === files.get(path) && before ? before : await fetch(path, { cache: 'no-cache' }));
}

/**
 * Caches a file of this version, and throws on any other.
 * @param {Cache} cache
 * @param {string} path
 * @param {Response} response
 */
async function keep(cache, path, response) {
  const body = await response.arrayBuffer();
  const hash = files.get(path) ?? '';
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  if (!Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').startsWith(hash)) throw new Error(path);
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.set('vereda', hash);
  await cache.put(path, new Response(body, { headers }));
}

/**
 * Does not create a deleted cache again.
 * @param {string} path
 * @param {Response} response
 */
async function visit(path, response) {
  if (await caches.has(name)) await keep(await caches.open(name), path, response);
}

/** @param {FetchEvent} event */
async function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  const path = url.pathname.replace(/(^|\/)index\.html$/, '$1');
  const isPage = request.mode === 'navigate';
  const isOurs = files.has(path);
  const kept = isOurs ? await caches.match(path, { cacheName: name }) : isPage ? undefined : await caches.match(path);
  if (kept) return kept;
  if (isPage && files.has(`${path}/`)) return Response.redirect(`${path}/${url.search}`);
  try {
    const response = await fetch(request);
    if (isOurs) event.waitUntil(visit(path, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const page = isPage && !isOurs && (await caches.match(lost, { cacheName: name }));
    if (page) return new Response(page.body, { status: 404, headers: page.headers });
    throw error;
  }
}
