// @ts-check
/** The search dialog on a site in English. */

import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';

test.use({ root: fixture('english'), permissions: ['clipboard-read', 'clipboard-write'] });

test('speaks English and copies', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.keyboard.type('customer left');
  await expect(page.getByRole('option').first()).toContainText('Audit | Customer left the chat');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/^\d+ results?$/);
  await page.keyboard.press('Control+c');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/^Copied/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Audit | Customer left the chat');
  await page.getByRole('link', { name: 'All macros' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Macros and texts to copy');
});
