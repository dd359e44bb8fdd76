// @ts-check
/** A flow that is published anew while somebody walks it. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSite, copySite, fixture, makeFolder } from './support/site.js';
import { serveFolder } from './support/static-server.js';
import { expect, test as base } from './support/test.js';
import { Walker } from './support/walker.js';

const PAGE = 'conserto/';
const FLOW = 'content/conserto.flow.yaml';

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{published: {url: string, change: (...changes: [string | RegExp, string][]) => Promise<void>}}>} */ ({
    published: async ({}, use) => {
      const root = await copySite(fixture('walk'));
      const folder = await makeFolder('again');
      await buildSite(root, folder);
      const server = await serveFolder(folder);
      const change = async (/** @type {[string | RegExp, string][]} */ ...changes) => {
        const text = (await readFile(join(root, FLOW), 'utf8')).replace(/\nscenarios:[\s\S]*/, '\n');
        for (const [from] of changes) expect(text).toMatch(from);
        await writeFile(join(root, FLOW), changes.reduce((changed, [from, to]) => changed.replace(from, to), text));
        await buildSite(root, folder);
      };
      await use({ url: server.url, change });
      await server.close();
      await rm(root, { recursive: true });
      await rm(folder, { recursive: true });
    },
    baseURL: async (/** @type {{published: {url: string}}} */ { published }, /** @type {(url: string) => Promise<void>} */ use) => use(published.url),
  }),
);

/** @type {Walker} */
let walker;

test.beforeEach(async ({ page }) => {
  walker = new Walker(page);
  await walker.open(PAGE);
  await walker.choose('Sim');
  for (const [label, text] of [['CNPJ do cliente', '11.222.333/0001-81'], ['ID de sessão', '777888999'], ['Valor do conserto', '100']]) await walker.type(label, text);
  await page.getByLabel('Cor do aparelho').selectOption('preto');
  await walker.press(walker.next);
  await walker.choose('Botão');
  await walker.press(walker.next);
  await walker.choose('Sim');
  await walker.expectNode('entregar');
});

test('continues at its node when only words changed', async ({ page, published }) => {
  await published.change(['O que está com defeito?', 'Onde está o defeito?']);
  await page.reload();
  await walker.ready();
  await walker.expectNode('entregar');
  await expect(walker.trail).toContainText(['Sim', '', 'Onde está o defeito? Botão', 'Sim']);
  await expect(page.locator('.walk-notice')).toBeHidden();
});

test('stops at a question whose answer is gone, and names the answer', async ({ page, published }) => {
  await published.change(['      - { id: botao, label: Botão, next: teste }\n', '']);
  await page.reload();
  await walker.ready();
  await walker.expectNode('defeitos');
  await expect(page.locator('.walk-notice')).toHaveText('O fluxo mudou desde que este atendimento começou: a resposta “Botão” de “O que está com defeito?” não vale mais. Responda de novo.');
  await walker.choose('Tela');
  await walker.press(walker.next);
  await walker.expectNode('entregar');
});

test('stops where a node is gone, with the answers before and after it', async ({ page, published }) => {
  await published.change([/ {2}defeitos:[\s\S]*?(?= {2}teste:)/, ''], [/next: defeitos/, 'next: teste'], [/ {6}- \{ when: \{ defeitos.*\n/, '']);
  await page.reload();
  await walker.ready();
  await walker.expectNode('teste');
  await expect(page.locator('.walk-notice')).toContainText('“O que está com defeito?” não existe mais');
  await walker.choose('Sim');
  await walker.expectNode('entregar');
});

test('knows a node by the id that it had before', async ({ page, published }) => {
  await published.change([/ {2}teste:\n/, '  ligou:\n    aliases: [teste]\n'], [/next: teste/g, 'next: ligou']);
  await page.reload();
  await walker.ready();
  await walker.expectNode('entregar');
  await expect(walker.trail).toHaveCount(4);
  await expect(page.locator('.walk-notice')).toBeHidden();
});

test('shows the notice in the other sessions too', async ({ page, published }) => {
  await page.getByRole('button', { name: 'Novo atendimento' }).click();
  await walker.choose('Não', 'Ficou com o cliente');
  await published.change(['      - { id: botao, label: Botão, next: teste }\n', '']);
  await page.reload();
  await walker.ready();
  await walker.expectNode('aguardar');
  await page.keyboard.press('Alt+1');
  await walker.expectNode('defeitos');
  await expect(page.locator('.walk-notice')).toContainText('não vale mais');
});
