// @ts-check
/** A flow of 500 nodes is walked, gone back on, kept and read like any other. */

import { makeFolder } from './support/site.js';
import { writeBigSite } from './support/big-site.js';
import { expect, test as base } from './support/test.js';
import { Walker } from './support/walker.js';

const NODES = 500;
const ANSWERS = 30;

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{}, {root: string}>} */ ({
    root: [
      async ({}, use) => {
        const root = await makeFolder('big');
        await writeBigSite(root, NODES);
        await use(root);
      },
      { scope: 'worker' },
    ],
  }),
);

test('keeps its answers when an early one changes, and across sessions, reloads and codes', async ({ page }) => {
  const walker = new Walker(page);
  await walker.open('grande/');
  for (let number = 0; number < ANSWERS; number += 1) {
    await walker.expectNode(`n${number}`);
    await page.keyboard.press('1');
  }
  await walker.expectNode(`n${ANSWERS}`);
  await expect(walker.trail).toHaveCount(ANSWERS);
  await walker.press(walker.trail.nth(2));
  await page.keyboard.press('2');
  await walker.expectNode(`n${ANSWERS}`);
  await expect(page.locator('.walk-notice')).toHaveText(`Respostas mantidas adiante: ${ANSWERS - 4}. Respostas que ficaram fora do caminho: 1.`);
  const code = (await walker.record.innerText()).split('Código do caminho: ')[1];
  await page.getByRole('button', { name: 'Novo atendimento' }).click();
  await walker.expectNode('n0');
  await page.getByRole('button', { name: 'Colar dados' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(code);
  await page.getByRole('button', { name: 'Ler' }).click();
  await walker.expectNode(`n${ANSWERS}`);
  await expect(walker.trail).toHaveCount(ANSWERS - 1);
  await page.reload();
  await walker.ready();
  await walker.expectNode(`n${ANSWERS}`);
  await page.keyboard.press('Alt+1');
  await expect(walker.trail).toHaveCount(ANSWERS - 1);
  await expect(page.locator('.walk-aside del')).toHaveCount(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('reads as one document, from any of its questions to the next', async ({ page }) => {
    await page.goto('grande/');
    await expect(page.locator('section[data-node]')).toHaveCount(NODES);
    await page.locator('#n250 a[href="#n252"]').click();
    await expect(page).toHaveURL(/#n252$/);
    await expect(page.locator('#n252')).toBeInViewport();
  });
});
