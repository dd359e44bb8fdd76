// @ts-check
/** Without JavaScript everything can be read, and every decision followed by its links. */

import { expect, test } from './support/test.js';

test.use({ javaScriptEnabled: false });

test('shows every node of every flow, numbered in order', async ({ page, site }) => {
  for (const [address, flow] of site.flows) {
    await page.goto(address);
    const nodes = page.locator('[data-node]');
    await expect(nodes).toHaveCount(flow.order.length);
    for (const [at, id] of flow.order.entries()) {
      const { number, title } = flow.nodes[id];
      expect(number, `${address}#${id}`).toBe(at + 1);
      const node = nodes.nth(at);
      await expect(node).toHaveAttribute('id', id);
      await expect(node).toBeVisible();
      await expect(node.getByRole('heading', { level: 2 })).toHaveText(title ? `${number} ${title}` : new RegExp(`^${number} `));
    }
  }
});

test('leads from every node to the ones that follow, and back to those that lead to it', async ({ page, site }) => {
  for (const [address, flow] of site.flows) {
    await page.goto(address);
    for (const [id, node] of Object.entries(flow.nodes)) {
      const section = page.locator(`[id="${id}"]`);
      const ways = waysOf(node);
      for (const { label, next } of ways) {
        const link = section.locator(`a[href="#${next}"]`, { hasText: label ?? '' }).first();
        await expect(link, `${address}#${id}`).toContainText(`vá ao ${flow.nodes[next].number}`);
        await expect(page.locator(`[id="${next}"] .node-from a[href="#${id}"]`), `${address}#${next}`).toHaveText(String(node.number));
      }
    }
  }
});

test('goes to the node that an option names', async ({ page }) => {
  await page.goto('whatsapp/atendimento/');
  await page.locator('#receber-chat').getByRole('link', { name: /^Não/ }).click();
  expect(new URL(page.url()).hash).toBe('#apoio');
  await expect(page.locator('#apoio')).toBeInViewport();
});

test('shows the inputs, copies and links of each node', async ({ page, site }) => {
  for (const [address, flow] of site.flows) {
    await page.goto(address);
    for (const [id, node] of Object.entries(flow.nodes)) {
      const section = page.locator(`[id="${id}"]`);
      for (const name of node.ask) await expect(section).toContainText(flow.inputs[name].label ?? name);
      for (const { label } of node.copy) await expect(section.locator('.node-copies')).toContainText(label ?? '');
      for (const { label, url } of node.links) {
        const attribute = url.includes('{') ? 'data-template' : 'href';
        await expect(section.getByRole('link', { name: label })).toHaveAttribute(attribute, /./);
      }
      for (const { text } of node.checklist) await expect(section.locator('.node-checklist')).toContainText(text);
    }
  }
});

test('opens and closes the sections of a page', async ({ page }) => {
  await page.goto('whatsapp/');
  const section = page.locator('#posicionamento');
  const text = section.getByText('informe a data prevista');
  await expect(text).toBeHidden();
  await section.locator('summary').click();
  await expect(text).toBeVisible();
  await section.locator('summary').click();
  await expect(text).toBeHidden();
});

test('shows no control that needs a script', async ({ page, site }) => {
  for (const address of site.pages) {
    await page.goto(address);
    // A button with `popovertarget` needs no script.
    await expect(page.locator('button:not([popovertarget]):visible, input:not([type="checkbox"]):visible, select:visible'), address).toHaveCount(0);
  }
});

test('opens the section around the fragment', async ({ page }) => {
  await page.goto('whatsapp/#copiar-sessao');
  await expect(page.locator('#copiar-sessao')).toBeInViewport();
});

/**
 * @param {import('../../themes/orange/js/logic/types.js').Node} node
 * @returns {{label: string | null, next: string}[]}
 */
function waysOf({ options, rules, next, outcomes }) {
  if (options) return options;
  if (rules) return rules.map((rule) => ({ label: null, next: rule.next }));
  if (outcomes) return Object.values(outcomes).map((each) => ({ label: null, next: each }));
  return next === undefined ? [] : [{ label: null, next }];
}
