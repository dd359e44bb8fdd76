// @ts-check
/** Nothing moves while a page starts, and what the reader needs next is above the fold. */

import { expect, test } from './support/test.js';

const SIZES = [
  { width: 1366, height: 625 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
];
/** Sum of layout shifts (https://web.dev/articles/cls); good is below 0.1. */
const MOST_SHIFT = 0.02;
/** Pixels from the top of the window to the title of a question. */
const LOWEST_TITLE = 140;

for (const viewport of SIZES) {
  test.describe(`at ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport });

    test('moves nothing while a page starts', async ({ page, site }) => {
      await page.addInitScript(() => {
        const shifts = /** @type {string[]} */ ([]);
        Object.assign(window, { shifts, shifted: 0 });
        new PerformanceObserver((list) => {
          for (const entry of /** @type {any[]} */ (list.getEntries())) {
            Object.assign(window, { shifted: Reflect.get(window, 'shifted') + entry.value });
            shifts.push(...entry.sources.map((/** @type {any} */ { node }) => node?.className || node?.nodeName));
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      for (const address of site.pages) {
        await page.goto(address, { waitUntil: 'networkidle' });
        const [shifted, shifts] = await page.evaluate(() => [Reflect.get(window, 'shifted'), Reflect.get(window, 'shifts')]);
        expect.soft(shifted, `${address}: ${shifts}`).toBeLessThan(MOST_SHIFT);
      }
    });
  });
}

test.describe('on a laptop', () => {
  test.use({ viewport: { width: 1366, height: 625 } });

  test('begins a question near the top, with the record beside it', async ({ page, site }) => {
    for (const address of site.flows.keys()) {
      await page.goto(address);
      const title = page.locator('.node:visible .node-title').first();
      await expect(title).toBeVisible();
      expect((await title.boundingBox())?.y, address).toBeLessThan(LOWEST_TITLE);
      await expect(page.locator('.walk-record-bar .copy-button').first()).toBeInViewport({ ratio: 1 });
    }
  });

  test('shows the title and the last action of every screen without scrolling', async ({ page, site }) => {
    test.setTimeout(180_000);
    const cut = [];
    let screens = 0;
    for (const [address, flow] of site.flows) {
      for (const id of flow.order) {
        await page.goto('404.html');
        await page.goto(`${address}#${id}`, { waitUntil: 'load' });
        const title = page.locator(`#${id}:visible .node-title`);
        // A call shows the first node of its flow.
        const first = flow.nodes[id].kind === 'call' ? page.locator('.node:visible .node-title').first() : title;
        await expect(first).toBeInViewport({ ratio: 1 });
        expect.soft((await first.boundingBox())?.y, `${address}#${id}`).toBeLessThan(LOWEST_TITLE);
        const record = page.locator('.walk-record-bar .copy-button').first();
        await expect(record).toBeInViewport({ ratio: 1 });
        const actions = page.locator('.node:visible').locator('.walk-option, .walk-continue, .node-copies .copy-button');
        // An outcome without copies has the record as its only action.
        if (flow.nodes[id].kind !== 'outcome') await expect(actions.first(), `${address}#${id}`).toBeAttached();
        screens += 1;
        const bottoms = await actions.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().bottom - innerHeight));
        if (Math.max(...bottoms) > 0) cut.push(`${address}#${id}`);
      }
    }
    expect(cut.length / screens, `cut: ${cut.join(' ')}`).toBeLessThanOrEqual(1 / 16);
  });
});

test.describe('a colour scheme', () => {
  test('is chosen, remembered on every page, and given back to the system', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('');
    const paper = () => page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
    const light = await paper();
    const button = page.locator('.scheme');
    await expect(button).toHaveText('Automático');
    await button.click();
    await expect(button).toHaveText('Claro');
    await button.click();
    await expect(button).toHaveText('Escuro');
    expect(await paper()).not.toBe(light);
    await page.goto('whatsapp/');
    await expect(button).toHaveText('Escuro');
    expect(await paper()).not.toBe(light);
    await button.click();
    await expect(button).toHaveText('Automático');
    expect(await paper()).toBe(light);
    await page.reload();
    expect(await paper()).toBe(light);
  });
});

test('lists the pages that were visited last', async ({ page }) => {
  await page.goto('');
  await expect(page.locator('[data-component="recent"]')).toBeHidden();
  await page.goto('whatsapp/');
  await page.goto('guia/blocos/');
  await page.goto('');
  await expect(page.locator('[data-component="recent"]').getByRole('link')).toHaveText(['Blocos', 'Atendimento pelo WhatsApp']);
  await page.locator('[data-component="recent"]').getByRole('link').first().click();
  await expect(page).toHaveURL(/guia\/blocos\/$/);
});

test('marks what was read in the contents', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  await page.goto('guia/blocos/');
  const links = page.locator('.contents a');
  await expect(page.locator('.contents [aria-current]')).toHaveCount(0);
  await page.locator('#avisos').evaluate((heading) => heading.scrollIntoView());
  await expect(page.locator('.contents [aria-current]')).toHaveText('Avisos');
  await expect(links.first()).toHaveAttribute('data-read', '');
});
