// @ts-check
/** A page is light: its HTML, CSS and JavaScript, compressed as a host would. */

import { gzipSync } from 'node:zlib';
import { expect, test } from './support/test.js';

const PAGE = 30_000;
const WALKED_PAGE = 52_000;
/** Every diagnostic with its explanation. */
const REFERENCE = 'guia/diagnosticos/';
const SCRIPTS = 33_000;

test('transfers at most 30 KB for a page, 52 KB for a flow, 33 KB of scripts', async ({ browser, site }) => {
  for (const address of site.pages) {
    const parts = await weigh(browser, site.url + address);
    const sum = (/** @type {RegExp} */ kind) => parts.filter(({ type }) => kind.test(type)).reduce((total, { bytes }) => total + bytes, 0);
    expect(parts.length, address).toBeGreaterThan(2);
    expect.soft(sum(/./), `${address}: ${JSON.stringify(parts)}`).toBeLessThanOrEqual(site.flows.has(address) || address === REFERENCE ? WALKED_PAGE : PAGE);
    expect.soft(sum(/javascript/), address).toBeLessThanOrEqual(SCRIPTS);
  }
});

/**
 * What a first visit transfers.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function weigh(browser, url) {
  const page = await browser.newPage();
  /** @type {Promise<{type: string, bytes: number}>[]} */
  const parts = [];
  page.on('response', (response) => {
    const type = response.headers()['content-type'];
    if (/html|css|javascript/.test(type)) parts.push(response.body().then((body) => ({ type, bytes: gzipSync(body).length })));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const weighed = await Promise.all(parts);
  await page.close();
  return weighed;
}
