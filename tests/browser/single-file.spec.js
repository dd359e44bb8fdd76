// @ts-check
/** A flow as one file, opened from a disk. */

import { expect, test as base } from '@playwright/test';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { copySite, findVereda, fixture, makeFolder } from './support/site.js';
import { Walker } from './support/walker.js';

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{faults: string[]}, {file: string}, import('@playwright/test').PlaywrightTestArgs, {}>} */
  ({
    /** The file alone, in a folder of its own. */
    file: [
      async ({}, use) => {
        const [root, folder] = [await copySite(fixture('walk')), await makeFolder('single')];
        const file = join(folder, 'conserto ção.html');
        await promisify(execFile)(findVereda(), ['build', '--root', root, '--single-file', 'conserto', '--base-url', 'https://x.org/docs/', '--out', file]);
        await rm(root, { recursive: true });
        await use(pathToFileURL(file).href);
        await rm(folder, { recursive: true });
      },
      { scope: 'worker' },
    ],
    /** Errors, offences against the policy and anything asked of a network fail every test. */
    faults: [
      async ({ context }, use) => {
        /** @type {string[]} */
        const faults = [];
        context.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        context.on('weberror', (error) => faults.push(error.error().message));
        context.on('request', (request) => /^https?:/.test(request.url()) && faults.push(request.url()));
        await use(faults);
        expect(faults).toEqual([]);
      },
      { auto: true },
    ],
  }),
);

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('walks to an outcome, with its style, and copies', async ({ page, file }) => {
  const walker = new Walker(page);
  await walker.open(file);
  await expect(page.locator('main')).toHaveCSS('padding-left', '10px');
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  await expect(page).toHaveURL(/^file:.*#aguardar/);
  await page.goBack();
  await walker.expectNode('balcao');
  await page.goto(`${file}#chamar/recado`);
  await walker.ready();
  await walker.expectNode('chamar/recado');
  await expect(walker.node.getByRole('button', { name: /^Falta: ID de sessão/ }).first()).toBeVisible();
  await page.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }).click();
  expect(await walker.copied()).toContain('Consertar um aparelho');
});

test('finds its own nodes and paths, with the style of the dialog', async ({ page, file }) => {
  const walker = new Walker(page);
  await walker.open(file);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Procurar' });
  await expect(field).toBeFocused();
  await expect(page.getByRole('dialog', { name: 'Procurar' })).toHaveCSS('padding', '0px');
  await page.keyboard.type('aguardar');
  const node = page.getByRole('option', { name: /^Aguard/ }).first();
  await expect(node).toBeVisible();
  await node.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/^file:.*#/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('con: n');
  await page.getByRole('option', { name: /^Abrir o caminho em/ }).click();
  await expect(page).toHaveURL(/^file:.*#/);
  await walker.ready();
});

test('keeps the walk when it is loaded again', async ({ page, file }) => {
  const walker = new Walker(page);
  await walker.open(file);
  await walker.choose('Sim');
  await walker.expectNode('dados');
  await page.reload();
  await walker.ready();
  await walker.expectNode('dados');
});

test('works where the browser refuses storage', async ({ page, file }) => {
  await page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage']) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException('refused', 'SecurityError'); } });
    }
  });
  const walker = new Walker(page);
  await walker.open(file);
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
});

test('has the drawing and the texts of the flows it calls inside', async ({ page, file }) => {
  const walker = new Walker(page);
  await walker.open(`${file}#chamar/ligar`);
  await walker.expectNode('chamar/ligar');
  await expect(walker.node).toContainText('Ligue para o cliente da sessão.');
  await expect(walker.node.getByRole('link', { name: /Avisar/ })).toHaveAttribute('href', 'https://x.org/docs/aviso/#ligar');
  await page.getByText('Diagrama', { exact: true }).click();
  await expect(page.locator('.flow-diagram svg .diagram-node').first()).toBeVisible();
  await expect(page.locator('.flow-diagram svg')).toHaveCSS('font-size', '14px');
});

test('links to other pages lead to their published addresses', async ({ page, file }) => {
  await page.goto(file);
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((link) => !/^(#|https:\/\/)/.test(link))).toEqual([]);
  await expect(page.getByRole('link', { name: 'Oficina' }).first()).toHaveAttribute('href', 'https://x.org/docs/');
});
