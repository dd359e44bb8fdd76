// @ts-check
/** Keys and clicks from the home page to the copied record, counted in the browser, against the table of docs/walkthrough.md. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPaths } from './support/flow.js';
import { repository } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */
/** @import { Path, Stop } from './support/flow.js' */
/** @typedef {{clicks: number, keys: number}} Counts */

const MOST_CLICKS = 8;
const MOST_KEYS = 12;

test.use({ viewport: { width: 1366, height: 625 }, permissions: ['clipboard-read', 'clipboard-write'] });

for (const device of /** @type {const} */ (['mouse', 'keyboard'])) {
  test(`the record of every outcome takes as many acts with the ${device} as documented`, async ({ page, site }) => {
    test.setTimeout(180_000);
    const counts = await countActs(page);
    const table = await readTable();
    const paths = [...site.flows].flatMap(([address, flow]) => findPaths(flow).map((path) => ({ address, path })));
    expect([...table.keys()].sort(), 'rows').toEqual(paths.map(({ address, path }) => `${address}#${path.outcome}`).sort());
    for (const { address, path } of paths) {
      const row = `${address}#${path.outcome}`;
      await page.goto('404.html');
      await page.evaluate(() => sessionStorage.clear());
      await page.goto('');
      Object.assign(counts, { clicks: 0, keys: 0 });
      await walk(page, device, site, address, path);
      const made = device === 'mouse' ? counts.clicks : counts.keys;
      expect.soft(made, row).toBe(table.get(row)?.[device === 'mouse' ? 0 : 1]);
      expect(made, row).toBeLessThanOrEqual(device === 'mouse' ? MOST_CLICKS : MOST_KEYS);
    }
  });
}

test('a new customer takes one key, from any screen', async ({ page }) => {
  const counts = await countActs(page);
  const walker = new Walker(page);
  await walker.open('whatsapp/posicionamento/');
  await walker.type('Número do ticket', '482913');
  await walker.choose('Sim');
  await walker.expectNode('registrar');
  counts.keys = 0;
  await page.keyboard.press('a');
  await walker.expectNode('data-prevista');
  await expect(walker.field('Número do ticket')).toHaveValue('');
  expect(counts.keys).toBe(1);
});

/**
 * @param {Page} page
 * @param {'mouse' | 'keyboard'} device
 * @param {import('./support/test.js').Published} site
 * @param {string} address of the flow
 * @param {Path} path
 */
async function walk(page, device, site, address, path) {
  const walker = new Walker(page);
  await start(page, device, `${site.url}${address}`);
  await walker.ready();
  await paste(page, path);
  for (const stop of path.stops) await leave(walker, device, stop);
  await walker.expectNode(path.outcome);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  if (device === 'keyboard') await page.keyboard.press('r');
  else await click(page.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }));
  await expect.poll(() => walker.copied()).toBe(await walker.record.innerText());
}

/**
 * @param {Page} page
 * @param {'mouse' | 'keyboard'} device
 * @param {string} url
 */
async function start(page, device, url) {
  const card = page.locator(`.flow-card[href="${new URL(url).pathname.slice(1)}"]`);
  const key = (await card.locator('kbd').textContent()) ?? '';
  if (device === 'mouse') await click(card);
  else await page.keyboard.press(key);
  await page.waitForURL(url);
}

/**
 * The box of the chat, with every value that the path needs.
 * @param {Page} page
 * @param {Path} path
 */
async function paste(page, { stops }) {
  const lines = stops.flatMap(({ fill }) => fill.map(({ input, name, text }) => `${input.label ?? name}: ${text}`));
  if (lines.length === 0) return;
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'));
  await page.keyboard.press('Control+V');
  await expect(page.locator('.walk-notice')).toContainText('Preenchido');
}

/**
 * Answers a node, unless it stands above the one that the screen waits for.
 * @param {Walker} walker
 * @param {'mouse' | 'keyboard'} device
 * @param {Stop} stop
 */
async function leave(walker, device, { key, option }) {
  const node = walker.page.locator(`.node:visible[data-node="${key}"]`);
  await expect(node).toHaveCount(1);
  if ((await node.getAttribute('data-lead')) !== null) return;
  const button = option ? walker.option(option.label, option.hint) : walker.next;
  if (device === 'mouse') return click(button);
  const keys = (await button.getAttribute('aria-keyshortcuts'))?.split(' ');
  await walker.page.keyboard.press(keys?.at(-1) ?? 'Enter');
}

/**
 * A click without scrolling.
 * @param {import('@playwright/test').Locator} target
 */
async function click(target) {
  await expect(target).toBeInViewport({ ratio: 0.9 });
  await target.click();
}

/**
 * Counts what the reader does: clicks of the mouse, and keys without those that are held.
 * @param {Page} page
 * @returns {Promise<Counts>}
 */
async function countActs(page) {
  const counts = { clicks: 0, keys: 0 };
  await page.exposeFunction('countAct', (/** @type {'clicks' | 'keys'} */ kind) => (counts[kind] += 1));
  await page.addInitScript(() => {
    const count = (/** @type {string} */ kind) => Reflect.get(window, 'countAct')(kind);
    addEventListener('click', (event) => event.isTrusted && event.detail > 0 && count('clicks'), true);
    addEventListener('keydown', (event) => event.isTrusted && !['Control', 'Alt', 'Shift', 'Meta'].includes(event.key) && count('keys'), true);
  });
  return counts;
}

/** @returns {Promise<Map<string, [number, number]>>} clicks and keys of each outcome */
async function readTable() {
  const text = await readFile(join(repository, 'docs/walkthrough.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\S+#\S+)` \| (\d+) \| (\d+) \|$/gm)];
  return new Map(rows.map(([, row, clicks, keys]) => [row, [Number(clicks), Number(keys)]]));
}
