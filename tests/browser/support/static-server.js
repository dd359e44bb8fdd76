// @ts-check
/** A static host like any other: files, `index.html` of a folder, `404.html` for the rest. */

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml' };

/**
 * @param {string} folder
 * @param {string} [base] the path the site is hosted under
 */
export async function serveFolder(folder, base = '/') {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = path.startsWith(base) ? await findFile(join(folder, normalize(path.slice(base.length)))) : null;
    const sent = file ?? (path.startsWith(base) ? join(folder, '404.html') : null);
    if (sent === null) return response.writeHead(404).end();
    response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(sent)] ?? 'application/octet-stream' });
    createReadStream(sent).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${port}${base}`, close };
}

/**
 * @param {string} path
 * @returns {Promise<string | null>}
 */
async function findFile(path) {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return findFile(join(path, 'index.html'));
  return found ? path : null;
}
