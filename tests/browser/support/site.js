// @ts-check
/** Sites for the tests: folders built by the real `vereda`, and what was published in them. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** @import { Flow } from '../../../themes/orange/js/logic/types.js' */
/** @typedef {Flow & {order: string[]}} PublishedFlow */

/** The root of this repository, which is also a site. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** @param {string} name of a small site in `tests/fixtures/browser` */
export function fixture(name) {
  return join(repository, 'tests/fixtures/browser', name);
}

/** @returns {string} the program under test: `$VEREDA`, else the `dev` build */
export function findVereda() {
  const program = process.env.VEREDA ?? join(repository, 'target/debug/vereda');
  if (!existsSync(program)) throw new Error(`${program} is not there: run \`cargo build\` first, or set VEREDA.`);
  return program;
}

/** @param {string} name */
export function makeFolder(name) {
  return mkdtemp(join(tmpdir(), `vereda-${name}-`));
}

/**
 * What a site is made of, copied to where a test may change it.
 * @param {string} root
 * @param {string[]} parts
 */
export async function copySite(root, parts = ['vereda.yaml', 'content', 'themes', 'static']) {
  const copy = await makeFolder('site');
  for (const part of parts.filter((each) => existsSync(join(root, each)))) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  return copy;
}

/**
 * @param {string} root
 * @param {string} out
 * @param {string} [baseUrl]
 */
export async function buildSite(root, out, baseUrl) {
  const base = baseUrl === undefined ? [] : ['--base-url', baseUrl];
  await promisify(execFile)(findVereda(), ['build', '--root', root, '--out', out, ...base]);
}

/**
 * The addresses of what was published, relative to the site: `''`, `whatsapp/`, …, `404.html`.
 * @param {string} folder
 */
export async function findPages(folder) {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1'))
    .sort();
}

/**
 * The flows that were published, by the address of their pages.
 * @param {string} folder
 * @returns {Promise<Map<string, PublishedFlow>>}
 */
export async function findFlows(folder) {
  const files = await readdir(folder, { recursive: true });
  const routes = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('/flow.json')).sort();
  const read = async (/** @type {string} */ route) => JSON.parse(await readFile(join(folder, route), 'utf8'));
  return new Map(await Promise.all(routes.map(async (route) => /** @type {const} */ ([route.slice(0, -'flow.json'.length), await read(route)]))));
}
