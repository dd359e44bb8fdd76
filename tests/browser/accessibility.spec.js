// @ts-check
/** axe-core finds nothing on any page, narrow and wide, light and dark, and in the states of a walk. */

import { AxeBuilder } from '@axe-core/playwright';
import { findPaths } from './support/flow.js';
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
        const path = flow && findPaths(flow).find(({ outcome }) => outcome === 'abandono-do-cliente');
        if (!address || !path) throw new Error('the audit has lost an outcome');
        const walker = new Walker(page);
        await walker.open(address);
        for (const stop of path.stops) {
          await expect(page.locator(`.node:visible[data-node="${stop.key}"]`)).toHaveCount(1);
          await checks(page, stop.key);
          if (stop.fill.length > 0) {
            await walker.press(walker.next);
            await expect(walker.node.locator('[aria-invalid="true"]')).toBeFocused();
            await checks(page, `${stop.key} with errors`);
          }
          await walker.leave(stop);
        }
        await walker.expectNode(path.outcome);
        await checks(page, path.outcome);
      });

      test('finds nothing wrong in any state of a session', async ({ page }) => {
        test.setTimeout(180_000);
        const walker = new Walker(page);
        await walker.open('whatsapp/auditoria/');
        await page.locator('.node:visible').getByRole('button', { name: /^Iniciar/ }).click();
        await checks(page, 'a timer');
        await walker.choose('Não');
        await walker.type('Data e hora em que o ticket foi gerado', '18/11/2026 19:00');
        await walker.press(walker.next);
        await walker.expectNode('fora-do-horario');
        await expect(walker.record).toBeVisible();
        await checks(page, 'an outcome with its record');
        await page.locator('.walk-trail').evaluate((/** @type {HTMLDetailsElement} */ trail) => (trail.open = true));
        await walker.press(walker.trail.nth(2));
        await walker.type('Data e hora em que o ticket foi gerado', '18/11/2026 10:00');
        await walker.press(walker.next);
        await walker.field('ID de sessão').last().fill('777888999');
        await walker.press(walker.next);
        await walker.press(walker.trail.nth(1));
        await walker.choose('Sim', null);
        await expect(page.locator('.walk-notice')).toBeVisible();
        await expect(page.locator('.walk-aside del').first()).toBeVisible();
        await checks(page, 'a changed answer');
        await page.getByRole('button', { name: 'Novo atendimento' }).click();
        await page.getByRole('textbox', { name: /^Nome do atendimento/ }).fill('Ana Luz');
        await checks(page, 'two sessions');
        for (const tool of ['Colar dados', 'Ajuda']) {
          await page.getByRole('button', { name: tool }).click();
          await expect(page.getByRole('dialog', { name: tool })).toBeVisible();
          await checks(page, tool);
          await page.keyboard.press('Escape');
        }
        await page.getByRole('button', { name: 'Colar dados' }).click();
        await page.getByRole('dialog').getByRole('textbox').fill('bom dia');
        await page.getByRole('button', { name: 'Ler' }).click();
        await checks(page, 'nothing found in a paste');
        await page.getByRole('dialog').getByRole('textbox').fill('sessões 777888999 e 555444333');
        await page.getByRole('button', { name: 'Ler' }).click();
        await expect(page.getByRole('dialog').getByLabel('ID de sessão')).toBeVisible();
        await checks(page, 'a doubt about a paste');
      });
    });
  }
}

test('fits 320 px, which is 200 % of 640, in every state of a session, with forced colours and without motion', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const walker = new Walker(page);
  await walker.open('whatsapp/auditoria/');
  const fits = async (/** @type {string} */ where) => expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(320);
  await page.locator('.node:visible').getByRole('button', { name: /^Iniciar/ }).click();
  await fits('a timer');
  await walker.choose('Não');
  await page.getByRole('button', { name: 'Novo atendimento' }).click();
  await page.getByRole('textbox', { name: /^Nome do atendimento/ }).fill('Um nome bastante comprido de cliente');
  await fits('two sessions');
  for (const tool of ['Colar dados', 'Ajuda']) {
    await page.getByRole('button', { name: tool }).click();
    const box = await page.getByRole('dialog', { name: tool }).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320, tool).toBe(true);
    await checks(page, `${tool}, forced colours`);
    await page.keyboard.press('Escape');
  }
  const moving = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  expect(moving).toBe(0);
  const current = page.locator('.sessions [aria-current="true"]');
  await current.focus();
  expect(await current.evaluate((each) => getComputedStyle(each).outlineStyle)).not.toBe('none');
});

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
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
  expect.soft(found, where).toEqual([]);
}
