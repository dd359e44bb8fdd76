// @ts-check
/** The picture of a flow, beside its walkthrough. */

import { AxeBuilder } from '@axe-core/playwright';
import { openDiagram } from './support/diagram.js';
import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

test.use({ root: fixture('walk') });

test('marks the path walked, and its nodes are links', async ({ page }) => {
  const walker = new Walker(page);
  await walker.open('conserto/');
  await page.getByText('Diagrama', { exact: true }).click();
  const node = (/** @type {string} */ id) => page.locator(`.flow-diagram .diagram-node[data-node="${id}"]`);
  await expect(node('balcao')).toHaveAttribute('aria-current', 'step');
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  await expect(node('aguardar')).toHaveAttribute('aria-current', 'step');
  await expect(node('balcao')).toHaveAttribute('data-passed', '');
  await expect(page.locator('.flow-diagram .diagram-way[data-passed]')).toHaveCount(1);
  await expect(page.locator('.flow-diagram .diagram-way[data-passed]')).toHaveAttribute('data-option', 'nao');
  await node('balcao').click();
  await walker.expectNode('balcao');
  await page.goBack();
  await walker.expectNode('aguardar');
  await walker.press(page.getByRole('button', { name: 'Recomeçar' }));
  await expect(page.locator('.flow-diagram [data-passed]')).toHaveCount(1);
});

test.describe('a drawing that cannot be read', () => {
  test.use({ allowed: [/ERR_FAILED/] });

  test('stays an image', async ({ page }) => {
    await page.route('**/diagram.svg', (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.continue()));
    await page.goto('conserto/');
    await page.getByText('Diagrama', { exact: true }).click();
    await expect(page.locator('.flow-diagram img')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Abrir só o diagrama' })).toHaveAttribute('href', /diagram\.svg$/);
  });
});

test('buttons and keys change its size, from the smallest readable text', async ({ page }) => {
  await openDiagram(page, 'conserto/');
  const size = page.locator('.diagram-tools output');
  const svg = page.locator('.flow-diagram svg');
  const fitted = await size.innerText();
  const fit = await page.locator('.flow-diagram').evaluate((frame) => {
    const natural = frame.shadowRoot?.querySelector('svg')?.viewBox.baseVal.width ?? 0;
    return Math.min(1, Math.max(12 / 13, frame.clientWidth / natural));
  });
  expect(fitted).toBe(`${Math.round(fit * 100)} %`);
  await page.locator('.flow-diagram').focus();
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect(size).toHaveText('92 %');
  await expect(page.getByRole('button', { name: 'Diminuir' })).toBeDisabled();
  const larger = page.getByRole('button', { name: 'Aumentar' });
  await larger.click();
  await expect(size).toHaveText('100 %');
  const width = (await svg.boundingBox())?.width ?? 0;
  await larger.click();
  await expect(size).toHaveText('125 %');
  expect((await svg.boundingBox())?.width).toBeCloseTo(width * 1.25, 0);
  await page.locator('.flow-diagram').focus();
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('+');
  await expect(size).toHaveText('300 %');
  await expect(larger).toBeDisabled();
  await page.keyboard.press('0');
  await expect(size).toHaveText(fitted);
});

test('arrow keys, a drag and the wheel with Ctrl move and enlarge it, and a drag follows no link', async ({ page }) => {
  await openDiagram(page, 'conserto/');
  const frame = page.locator('.flow-diagram');
  const place = () => frame.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
  await frame.focus();
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('+');
  await expect(page.locator('.diagram-tools output')).toHaveText('300 %');
  await frame.scrollIntoViewIfNeeded();
  await frame.evaluate((each) => each.scrollTo(0, 0));
  await frame.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await place()).every((each) => each > 20)).toBe(true);
  await frame.evaluate((each) => each.scrollTo(0, 0));
  const node = await page.locator('.diagram-node').nth(1).boundingBox();
  const box = await frame.boundingBox();
  if (!node || !box) throw new Error('the diagram is not shown');
  const [x, y] = [Math.min(node.x + node.width / 2, box.x + box.width - 20), Math.min(node.y + 20, box.y + box.height - 20)];
  const address = page.url();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 40, { steps: 5 });
  await page.mouse.up();
  expect(await place()).toEqual([60, 40]);
  expect(page.url()).toBe(address);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect(page.locator('.diagram-tools output')).toHaveText('212 %');
});

test('walked lines are solid and lie over the others; the node of the walk has the one filled disc', async ({ page }) => {
  const walker = new Walker(page);
  await walker.open('conserto/');
  await page.getByText('Diagrama', { exact: true }).click();
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  const diagram = page.locator('.flow-diagram');
  await expect(diagram.locator('[data-passed] .diagram-line')).toHaveCSS('stroke-dasharray', 'none');
  await expect(diagram.locator('.diagram-way:not([data-passed]) .diagram-line').first()).toHaveCSS('stroke-dasharray', '5px, 4px');
  const last = await diagram.locator('.diagram-way').last().getAttribute('data-passed');
  expect(last).toBe('');
  const discs = await diagram.locator('.diagram-stop').evaluateAll((all) =>
    all.filter((each) => getComputedStyle(each).visibility === 'visible' && getComputedStyle(each).stroke === 'rgb(255, 128, 0)').map((each) => each.parentElement?.dataset.node),
  );
  expect(discs).toEqual(['aguardar']);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } });

    test('axe finds nothing wrong in the open diagram', async ({ page }) => {
      await openDiagram(page, 'conserto/');
      const { violations } = await new AxeBuilder({ page }).include('.flow-picture').options({ rules: { 'target-size': { enabled: true } } }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    });
  });
}

test('prints whole, without its buttons', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await openDiagram(page, 'conserto/');
  await page.getByRole('button', { name: 'Aumentar' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.diagram-tools')).toBeHidden();
  const fits = await page.locator('.flow-diagram').evaluate((frame) => {
    const svg = frame.shadowRoot?.querySelector('svg')?.getBoundingClientRect();
    return svg && svg.width <= frame.clientWidth && Math.abs(frame.clientHeight - svg.height) < 2;
  });
  expect(fits).toBe(true);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

  test('is a link to the drawing, at a size that can be read', async ({ page }) => {
    await page.goto('conserto/');
    await page.getByText('Diagrama', { exact: true }).click();
    const link = page.locator('a.flow-diagram');
    await expect(link).toHaveAttribute('href', /diagram\.svg$/);
    await link.scrollIntoViewIfNeeded();
    await expect.poll(() => link.evaluate((each) => each.scrollWidth > each.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
