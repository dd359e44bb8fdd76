// @ts-check
/** axe-core finds nothing on any page, narrow and wide, light and dark, and in the states of a walk. */

import { AxeBuilder } from '@axe-core/playwright';
import { findWays } from './support/flow.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

for (const width of [360, 1440]) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test.describe(`at ${width} px in the ${colorScheme} scheme`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('finds nothing wrong on any page, with all its sections open', async ({ page, site }) => {
        test.setTimeout(180_000);
        for (const address of site.pages) {
          await page.goto(address);
          await page.locator('details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
          if (site.flows.has(address)) await page.getByRole('button', { name: 'Documento inteiro' }).click();
          await checks(page, address);
        }
      });

      test('finds nothing wrong on any screen of a walk', async ({ page, site }) => {
        test.setTimeout(180_000);
        const [address, flow] = [...site.flows].find(([each]) => each === 'whatsapp/auditoria/') ?? [];
        const way = flow && findWays(flow).find(({ outcome }) => outcome === 'abandono-do-cliente');
        if (!address || !way) throw new Error('the audit has lost an outcome');
        const walker = new Walker(page);
        await walker.open(address);
        for (const stop of way.stops) {
          await walker.sees(stop.key);
          await checks(page, stop.key);
          if (stop.fill.length > 0) {
            await walker.press(walker.next);
            await expect(walker.node.locator('[aria-invalid="true"]')).toBeFocused();
            await checks(page, `${stop.key} with errors`);
          }
          await walker.leave(stop);
        }
        await walker.sees(way.outcome);
        await checks(page, way.outcome);
      });
    });
  }
}

test('reads a page by its landmarks and its headings in order', async ({ page, site }) => {
  for (const address of site.pages) {
    await page.goto(address);
    await expect(page.locator('main'), address).toHaveCount(1);
    await expect(page.locator('h1'), address).toHaveCount(1);
    const levels = await page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    const jumps = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
    expect(jumps, `${address}: ${levels}`).toEqual([]);
  }
});

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} where
 */
async function checks(page, where) {
  const { violations } = await new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
  expect.soft(told, where).toEqual([]);
}
