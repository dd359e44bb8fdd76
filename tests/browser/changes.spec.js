// @ts-check
/** The page of what changed since a revision: read by assistive technology, narrow and wide, and leading to what it names. */

import { AxeBuilder } from '@axe-core/playwright';
import { execFile } from 'node:child_process';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copySite, findFlows, findPages, findVereda, fixture, makeFolder } from './support/site.js';
import { serveFolder } from './support/static-server.js';
import { expect, test as base } from './support/test.js';

const FLOW = 'content/conserto.flow.yaml';
const run = promisify(execFile);

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{}, {site: import('./support/test.js').Published}>} */ ({
    site: [
      async ({}, use) => {
        const root = await copySite(fixture('walk'));
        const git = (/** @type {string[]} */ ...words) => run('git', ['-C', root, '-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words]);
        await git('init', '--quiet');
        await git('add', '.');
        await git('commit', '--quiet', '--message', 'before');
        const text = await readFile(join(root, FLOW), 'utf8');
        await writeFile(join(root, FLOW), text.replace('title: Aguarde o cliente', 'title: Espere o cliente voltar'));
        const lines = Array.from({ length: 20 }, (_, at) => `Parágrafo novo de número ${at}.`);
        await appendFile(join(root, 'content/index.md'), `\n${lines.join('\n\n')}\n`);
        const folder = await makeFolder('changes');
        await run(findVereda(), ['build', '--root', root, '--out', folder, '--since', 'HEAD']);
        const server = await serveFolder(folder, '/');
        await use({ folder, url: server.url, pages: await findPages(folder), flows: await findFlows(folder) });
        await server.close();
        await Promise.all([root, folder].map((each) => rm(each, { recursive: true, force: true })));
      },
      { scope: 'worker' },
    ],
  }),
);

test('lists the changes, with links to them', async ({ page }) => {
  await page.goto('');
  await page.getByRole('contentinfo').getByRole('link', { name: 'desde HEAD' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('O que mudou');
  await expect(page.getByRole('main')).toContainText('Espere o cliente voltar');
  await page.getByRole('main').locator('a[href$="#aguardar"]').first().click();
  await expect(page).toHaveURL(/conserto\/#aguardar/);
});

test('shows a long text on demand', async ({ page }) => {
  await page.goto('o-que-mudou/');
  const section = page.locator('.changes-section').filter({ hasText: 'Página “Oficina”' });
  const last = section.getByText('Parágrafo novo de número 19.');
  await expect(last).toBeHidden();
  await section.getByText('O texto mudou').click();
  await expect(last).toBeVisible();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test('passes axe, and fits 320 px', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto('o-que-mudou/');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}
