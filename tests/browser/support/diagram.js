// @ts-check
/** The diagram of a flow page. */

import { expect } from './test.js';

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} address
 */
export async function openDiagram(page, address) {
  await page.goto(address);
  await page.getByText('Diagrama', { exact: true }).click();
  await expect(page.locator('.flow-diagram svg')).toBeVisible();
}
