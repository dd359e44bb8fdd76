// @ts-check
/** A site of 300 pages is found by the header, "more", the panel of pages and the contents: by keyboard, and without scripts. */

import { AxeBuilder } from '@axe-core/playwright';
import { makeFolder } from './support/site.js';
import { writeNestedSite } from './support/nested-site.js';
import { expect, test as base } from './support/test.js';

/** @import { Page } from '@playwright/test' */

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{}, {root: string}>} */ ({
    root: [
      async ({}, use) => {
        const root = await makeFolder('nested');
        await writeNestedSite(root);
        await use(root);
      },
      { scope: 'worker' },
    ],
  }),
);

const INNER = 'produtos/parte-3/pagina-21/';
const WIDTHS = [360, 768, 1024, 1366, 1920];

/** @param {Page} page */
function partsOf(page) {
  return {
    sections: page.locator('.header-sections > ul a:visible'),
    more: page.locator('.header-more summary'),
    moreLinks: page.locator('.header-more a:visible'),
    button: page.getByRole('button', { name: 'Páginas', exact: true }),
    panel: page.getByRole('navigation', { name: 'Páginas', exact: true }),
    pages: page.getByRole('navigation', { name: 'Páginas', exact: true }).getByRole('link'),
  };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('each section is in the header or behind "more", once', async ({ page }) => {
      for (const [width, count] of [[1366, 7], [1024, 4], [768, 2]]) {
        await page.setViewportSize({ width, height: 700 });
        await page.goto(INNER);
        const { sections, more, moreLinks } = partsOf(page);
        await expect(sections).toHaveCount(count);
        await more.click();
        await expect(moreLinks).toHaveCount(12 - count);
        await expect(page.locator('.header-more a[aria-current="true"]')).toHaveText('Produtos');
      }
    });

    test('the panel opens and closes by keyboard, and leads to a neighbour', async ({ page }) => {
      await page.setViewportSize({ width: 1024, height: 700 });
      await page.goto(INNER);
      const { button, panel, pages } = partsOf(page);
      await expect(panel).toBeHidden();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await expect(button).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(panel).toBeVisible();
      await page.keyboard.press('Tab');
      await expect(page.getByRole('button', { name: 'Fechar' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(panel).toBeHidden();
      await expect(button).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(panel.locator('[aria-current="page"]')).toHaveText('Página 21 de produtos');
      await pages.filter({ hasText: 'Página 22' }).click();
      await expect(page).toHaveURL(/pagina-22\/$/);
      await expect(panel).toBeHidden();
    });

    test('the panel has all sections on a phone', async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 700 });
      await page.goto(INNER);
      const { sections, button, pages } = partsOf(page);
      await expect(sections).toHaveCount(0);
      await button.click();
      await expect(pages.filter({ hasText: /^(Fiscal|Segurança|seguranca|Seguranca)$/ })).toHaveCount(2);
      await expect(pages.filter({ hasText: /^Página/ })).toHaveCount(5);
    });

    test('a folder without a page lists what is in it', async ({ page }) => {
      await page.goto('produtos/');
      await expect(page.locator('.listing a')).toHaveText(['Parte 1 10', 'Parte 2 10', 'Parte 3 5']);
      await page.locator('.listing a').last().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Parte 3');
      await expect(page.getByRole('navigation', { name: 'Você está em' }).getByRole('link')).toHaveText(['Início', 'Produtos']);
    });

    test('a tag leads to what has it', async ({ page }) => {
      await page.goto(INNER);
      await page.getByRole('contentinfo').getByRole('link', { name: 'produtos' }).click();
      await expect(page.locator('.listing a')).toHaveCount(25);
    });
  });
}

test('"more" closes by Escape, by a click elsewhere and when the focus leaves', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 700 });
  await page.goto(INNER);
  const { more, moreLinks } = partsOf(page);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(moreLinks.first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(moreLinks.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(moreLinks).toHaveCount(0);
  await expect(more).toBeFocused();
  await more.click();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(moreLinks).toHaveCount(0);
  await more.click();
  await page.keyboard.press('Shift+Tab');
  await expect(moreLinks).toHaveCount(0);
});

test('wide windows have a column of the section, which follows the reader', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 700 });
  await page.goto(INNER);
  const { panel } = partsOf(page);
  await expect(panel.getByRole('link')).toHaveText(['Produtos', 'Parte 1', 'Parte 2', 'Parte 3', ...[20, 21, 22, 23, 24].map((number) => `Página ${number} de produtos`)]);
  await page.mouse.wheel(0, 2000);
  await expect(panel.locator('[aria-current="page"]')).toBeInViewport();
  await page.goto('');
  await expect(panel).toBeHidden();
});

test('the contents follow the reader, and nothing moves', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 700 });
  await page.goto(INNER);
  await page.evaluate(() => {
    /** @type {string[]} */
    const moved = [];
    Reflect.set(globalThis, 'moved', moved);
    const describe = (/** @type {any} */ { value, sources }) => `${value}: ${sources.map((/** @type {any} */ { node }) => node?.className || node?.nodeName)}`;
    new PerformanceObserver((list) => moved.push(...list.getEntries().map(describe))).observe({ type: 'layout-shift', buffered: true });
  });
  const links = page.locator('.contents a');
  const heights = () => links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect().height));
  const before = await heights();
  for (const [index, id] of ['antes', 'durante', 'depois'].entries()) {
    await page.locator(`#${id}`).evaluate((heading) => heading.scrollIntoView());
    await expect(links.nth(index)).toHaveAttribute('aria-current', 'true');
  }
  expect(await heights()).toEqual(before);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'moved'))).toEqual([]);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 1366]) {
    test(`axe finds nothing wrong at ${width} px, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const address of ['assuntos/', INNER]) {
        await page.goto(address);
        await expectSound(page, address);
      }
      const { button, more } = partsOf(page);
      if (await more.isVisible()) {
        await more.click();
        await expectSound(page, 'more');
        await page.keyboard.press('Escape');
      }
      await button.click();
      await expectSound(page, 'the panel');
    });
  }
}

test('nothing is too wide at any width', async ({ page }) => {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const address of ['', INNER, 'produtos/parte-1/', 'assuntos/comum/']) {
      await page.goto(address);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(over, `${address} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

/**
 * @param {Page} page
 * @param {string} what
 */
async function expectSound(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), what).toEqual([]);
}
