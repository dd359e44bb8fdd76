// @ts-check
/** The Content-Security-Policy of the pages: the site itself never offends it, and what is written into a page does not run. */

import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSite, copySite, fixture, makeFolder } from './support/site.js';
import { serveFolder } from './support/static-server.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** Active content that could be written into a page. */
const INJECTED = `

<script>document.documentElement.dataset.ran = 'script'</script>

<img src="data:image/png;base64,AA==" alt="" onerror="document.documentElement.dataset.ran = 'event'">

<p id="styled" style="padding-left: 77px">Texto</p>

<style>h1 { padding-left: 77px }</style>
`;

/** @param {import('@playwright/test').Page} page */
async function watchViolations(page) {
  /** @type {string[]} */
  const violations = [];
  await page.exposeFunction('tellViolation', (/** @type {string} */ violation) => violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, lineNumber }) =>
      /** @type {any} */ (window).tellViolation(`${violatedDirective} ${blockedURI} ${location.pathname}:${lineNumber}`),
    );
  });
  return violations;
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('no page of this site violates its policy', async ({ page, site }) => {
  const violations = await watchViolations(page);
  for (const address of site.pages) {
    await page.goto(address, { waitUntil: 'networkidle' });
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    await expect(policy, address).toHaveAttribute('content', /^default-src 'none'; script-src 'self'; style-src 'self'; /);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    await page.waitForLoadState('networkidle');
  }
  expect(violations).toEqual([]);
});

test('a flow is walked, copied and drawn under the policy', async ({ page }) => {
  const violations = await watchViolations(page);
  const walker = new Walker(page);
  await walker.open('whatsapp/auditoria/');
  await page.getByText('Diagrama', { exact: true }).click();
  await expect(page.locator('.flow-diagram svg')).toHaveCSS('font-size', '14px');
  for (const copy of await page.getByRole('button', { name: /^Copiar/ }).locator('visible=true').all()) await copy.click();
  expect(violations).toEqual([]);
});

test.describe('what is written into a page', () => {
  test.use({ allowed: [/Content Security Policy|^request:/] });

  test('neither runs nor styles', async ({ page }) => {
    const root = await copySite(fixture('walk'));
    const folder = await makeFolder('injected');
    await appendFile(join(root, 'content/index.md'), INJECTED);
    await buildSite(root, folder);
    const server = await serveFolder(folder);
    const violations = await watchViolations(page);
    await page.goto(server.url, { waitUntil: 'networkidle' });
    await expect(page.locator('#styled')).toHaveCSS('padding-left', '0px');
    await expect(page.locator('h1')).toHaveCSS('padding-left', '0px');
    expect(violations.map((violation) => violation.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
      'script-src-attr inline',
      'script-src-elem inline',
      'style-src-attr inline',
      'style-src-elem inline',
    ]);
    expect(await page.evaluate(() => document.documentElement.dataset.ran)).toBeUndefined();
    await server.close();
    await Promise.all([rm(root, { recursive: true }), rm(folder, { recursive: true })]);
  });
});
