// @ts-check
/**
 * How long an answer takes to be painted in Chromium, with the processor slowed down: `node measure.mjs [NODES] [TIMES SLOWER]`.
 *
 * The floor of the same run is a click on the same page that writes one word. `VEREDA` and `CHROMIUM` name other programs.
 */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { writeBigSite } from './support/big-site.js';
import { findChromium } from './support/chromium.js';
import { buildSite, makeFolder } from './support/site.js';
import { serveFolder } from './support/static-server.js';

const [nodes, slower] = [Number(process.argv[2] ?? 500), Number(process.argv[3] ?? 6)];
const ANSWERS = 60;

const root = await makeFolder('measured');
const out = join(root, 'public');
await writeBigSite(root, nodes);
await buildSite(root, out);
const server = await serveFolder(out);
const browser = await chromium.launch({ executablePath: findChromium() });
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}grande/`);
  await page.getByRole('button', { name: 'Recomeçar' }).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const floor = await measure(page, '.header-home', true);
  const answered = await measure(page, '.walk-option', false);
  const [low, high] = [floor, answered].map((times) => times.sort((a, b) => a - b));
  console.log(`${nodes} nodes, ${slower} times slower, ${ANSWERS} answers: median ${at(high, 0.5)} ms, 95th percentile ${at(high, 0.95)} ms, longest ${at(high, 1)} ms`);
  console.log(`floor (one word): median ${at(low, 0.5)} ms; an answer takes ${(at(high, 0.5) / at(low, 0.5)).toFixed(1)} times as long`);
} finally {
  await browser.close();
  await server.close();
  await rm(root, { recursive: true });
}

/**
 * From the press to the paint that follows.
 * @param {import('@playwright/test').Page} page
 * @param {string} selector what is pressed
 * @param {boolean} isFloor it only writes a word
 */
async function measure(page, selector, isFloor) {
  /** @type {number[]} */
  const times = [];
  for (let count = 0; count < ANSWERS; count += 1) {
    times.push(await page.evaluate(
      async ([pressed, only]) => {
        const element = document.querySelector(/** @type {string} */ (pressed));
        if (!(element instanceof HTMLElement)) throw new Error(`there is no ${pressed}`);
        const began = performance.now();
        if (only) element.textContent = String(began);
        else element.click();
        await new Promise((painted) => requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = painted;
          channel.port2.postMessage(null);
        }));
        return performance.now() - began;
      },
      /** @type {const} */ ([selector, isFloor]),
    ));
  }
  return times;
}

/**
 * @param {number[]} sorted
 * @param {number} part
 */
function at(sorted, part) {
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1));
}
