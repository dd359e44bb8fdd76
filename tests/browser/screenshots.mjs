// @ts-check
/**
 * Pictures of this site, for people to look at: `node tests/browser/screenshots.mjs FOLDER`. Home, the procedure, a question,
 * a form with errors and an outcome, narrow and wide, light and dark.
 */

import { chromium } from '@playwright/test';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './support/chromium.js';
import { findPaths } from './support/flow.js';
import { buildSite, findFlows, makeFolder, repository } from './support/site.js';
import { serveFolder } from './support/static-server.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */

const FLOW = 'whatsapp/auditoria/';
const OUTCOME = 'abandono-do-cliente';

const out = process.argv[2];
if (!out) {
  console.error('usage: node tests/browser/screenshots.mjs FOLDER');
  process.exit(2);
}

await mkdir(out, { recursive: true });
const folder = await makeFolder('screenshots');
await buildSite(repository, folder);
const server = await serveFolder(folder);
const flow = (await findFlows(folder)).get(FLOW);
const path = flow && findPaths(flow).find(({ outcome }) => outcome === OUTCOME);
if (!path) throw new Error(`${FLOW} has no outcome ${OUTCOME}`);

/** @type {Record<string, (page: Page) => Promise<unknown>>} */
const subjects = {
  home: (page) => page.goto(server.url),
  procedure: (page) => page.goto(`${server.url}whatsapp/`),
  'procedure-open': async (page) => {
    await page.goto(`${server.url}whatsapp/`);
    await page.getByRole('button', { name: 'Abrir todas' }).click();
  },
  guide: (page) => page.goto(`${server.url}guia/blocos/`),
  question: (page) => walk(page, path.stops.length - 1),
  errors: async (page) => {
    const walker = await walk(page, path.stops.findIndex(({ fill }) => fill.length > 0));
    await walker.next.click();
  },
  outcome: (page) => walk(page, path.stops.length),
  document: async (page) => {
    await walk(page, 0);
    await page.getByRole('button', { name: 'Documento inteiro' }).click();
  },
};

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 768, 1366, 1920]) {
    for (const [name, show] of Object.entries(subjects)) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, locale: 'pt-BR' });
      await show(page);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
await browser.close();
await server.close();
await rm(folder, { recursive: true });

/**
 * @param {Page} page
 * @param {number} stops that are left behind
 */
async function walk(page, stops) {
  const walker = new Walker(page);
  await walker.open(server.url + FLOW);
  for (const stop of path?.stops.slice(0, stops) ?? []) await walker.leave(stop);
  return walker;
}
