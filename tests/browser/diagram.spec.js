// @ts-check
/** The picture of a flow, beside its walkthrough. */

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
