// @ts-check
/** `vereda serve`: shows saved changes, keeps the scroll position, and shows each diagnostic on its page. */

import { expect, test as base } from './support/test.js';
import { Preview } from './support/preview.js';

/** @import { Page } from '@playwright/test' */

const INDEX = 'content/index.md';

const withPreview = base.extend(
  /** @type {import('@playwright/test').Fixtures<{preview: Preview}>} */ ({
    preview: async ({}, use) => {
      const preview = await Preview.of('live');
      await preview.start();
      await use(preview);
      await preview.remove();
    },
  }),
);

const test = withPreview.extend({ baseURL: async ({ preview }, use) => use(preview.url) });

test('shows a changed sentence, and keeps scroll, open sections and focus', async ({ page, preview }) => {
  await open(page);
  await page.locator('#aberta > summary').click();
  await page.evaluate(() => scrollTo(0, 700));
  const scroll = await page.evaluate(() => scrollY);
  expect(scroll).toBe(700);
  await preview.change(INDEX, 'O texto da seção que se abre.', 'O texto que mudou.');
  await expect(page.locator('#aberta')).toContainText('O texto que mudou.');
  await loaded(page);
  await expect(page.locator('#aberta')).toHaveAttribute('open', '');
  await expect(page.locator('#fechada')).not.toHaveAttribute('open');
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(scroll);
  await expect(page.locator('#aberta > summary')).toBeFocused();
});

test('sees a file that is saved by renaming', async ({ page, preview }) => {
  await open(page);
  await preview.swap(INDEX, 'A primeira frase, que muda.', 'A primeira frase, trocada.');
  await expect(page.getByText('A primeira frase, trocada.')).toBeVisible();
});

test('does not reload an unchanged page', async ({ page, context, preview }) => {
  const other = await context.newPage();
  await other.goto(`${preview.url}outra/`);
  await mark(other);
  await open(page);
  await preview.change(INDEX, 'A primeira frase, que muda.', 'A primeira frase, mudada.');
  await expect(page.getByText('A primeira frase, mudada.')).toBeVisible();
  await preview.change('content/outra.md', 'O texto da outra página.', 'O texto da outra página mudou.');
  await expect(other.getByText('O texto da outra página mudou.')).toBeVisible();
  await other.waitForLoadState('load');
  expect(reloads(other)).toBe(1);
});

test('shows the results of scenarios, of the flow shown and of the site', async ({ page, preview }) => {
  const flow = (/** @type {string} */ outcome) =>
    'title: Fluxo\nowner: E\nnodes:\n  a: { title: A, options: [{ id: x, label: X, next: b }, { id: y, label: Y, next: c }] }\n' +
    `  b: { title: B, result: open }\n  c: { title: C, result: resolved }\nscenarios:\n  - { name: um, answers: { a: x }, outcome: ${outcome} }\n`;
  const badge = page.locator('vereda-scenarios');
  await open(page);
  await expect(badge).toHaveCount(0);
  await preview.write('content/fluxo.flow.yaml', flow('b'));
  await expect(badge).toContainText('1 de 1 cenários passam');
  await page.getByRole('navigation', { name: 'Seções' }).getByRole('link', { name: 'Fluxo' }).click();
  await expect(badge).toContainText('nós 2/3 · opções 1/2');
  await preview.write('content/fluxo.flow.yaml', flow('c'));
  await expect(badge).toContainText('0 de 1 cenários passam');
  await expect(page.locator('vereda-failure')).toHaveCount(0);
  await page.locator('vereda-findings').getByRole('button').click();
  await expect(page.locator('vereda-failure')).toContainText('scenario/wrong-outcome');
  await page.keyboard.press('Escape');
  await badge.getByRole('button').click();
  await expect(badge).toHaveCount(0);
});

test('replaces the style sheet without a reload', async ({ page, preview }) => {
  await open(page);
  await mark(page);
  await preview.change('themes/orange/css/base.css', 'hr { border: 0;', 'hr { margin: 77px; border: 0;');
  await preview.change('themes/orange/css/tokens.css', '--gutter: 10px', '--gutter: 23px');
  await expect(page.locator('main')).toHaveCSS('padding-left', '23px');
  await expect(page.locator('link[rel="stylesheet"]')).toHaveCount(1);
  expect(reloads(page)).toBe(0);
});

test('shows an error on its page until it is fixed', async ({ page, context, preview }) => {
  const other = await context.newPage();
  await other.goto(`${preview.url}outra/`);
  await open(page);
  await preview.change(INDEX, 'A última frase.', 'A última frase, com [um link](nada.md).');
  const panel = page.locator('vereda-failure');
  await expect(panel).toContainText('link/missing-file');
  await expect(panel).toContainText('content/index.md:');
  await expect(page.getByText('A última frase, com um link.')).toBeVisible();
  await expect.poll(() => preview.terminal).toContain('link/missing-file');

  await expect(other.locator('vereda-findings')).toContainText('1 erro');
  await expect(other.locator('vereda-failure')).toHaveCount(0);
  await preview.change('content/outra.md', 'O texto da outra página.', 'O texto da outra página mudou.');
  await expect(other.getByText('O texto da outra página mudou.')).toBeVisible();
  await other.locator('vereda-findings').getByRole('button').click();
  await expect(other.locator('vereda-failure').getByRole('link', { name: '/', exact: true })).toHaveAttribute('href', '/');

  await preview.change(INDEX, '[um link](nada.md)', 'um link');
  await expect(panel).toHaveCount(0);
  await expect(page.locator('vereda-findings')).toHaveCount(0);
});

test('keeps a panel aside until the findings change', async ({ page, preview }) => {
  await preview.change(INDEX, 'A última frase.', 'A última frase, com [um link](nada.md).');
  await expect.poll(() => preview.terminal).toContain('link/missing-file');
  await open(page);
  const panel = page.locator('vereda-failure');
  await expect(panel).toContainText('nada.md');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await preview.change(INDEX, 'A primeira frase, que muda.', 'A primeira frase, mudada.');
  await expect(page.getByText('A primeira frase, mudada.')).toBeVisible();
  await expect(page.locator('vereda-findings')).toContainText('1 erro');
  await expect(panel).toHaveCount(0);
  await preview.change(INDEX, '(nada.md)', '(nenhum.md)');
  await expect(panel).toContainText('nenhum.md');
});

test('links a finding to its place in the editor', async ({ page, preview }) => {
  await preview.change(INDEX, 'title: Começo', 'titulo: Começo');
  await expect.poll(() => preview.terminal).toContain('front-matter/');
  await open(page);
  const panel = page.locator('vereda-failure');
  await expect(panel).toContainText('titulo');
  const address = await panel.getByRole('link', { name: 'Abrir no editor' }).first().getAttribute('href');
  expect(address).toMatch(/^vscode:\/\/file\/.*\/content\/index\.md:\d+:\d+$/);
  expect(await (await fetch(preview.url)).text()).not.toContain('vscode:');
});

test('keeps ten tabs live', async ({ page, context, preview }) => {
  await open(page);
  const tabs = [page];
  while (tabs.length < 10) {
    const tab = await context.newPage();
    await tab.goto(preview.url);
    tabs.push(tab);
  }
  await preview.change(INDEX, 'A primeira frase, que muda.', 'A primeira frase, mudada.');
  for (const tab of tabs) await expect(tab.getByText('A primeira frase, mudada.')).toBeVisible();
  await page.close();
  await preview.change(INDEX, 'A primeira frase, mudada.', 'A primeira frase, de novo.');
  for (const tab of tabs.slice(1)) await expect(tab.getByText('A primeira frase, de novo.')).toBeVisible();
});

test('shows an error of a template until it is fixed', async ({ page, preview }) => {
  await open(page);
  const template = 'themes/orange/templates/page.html';
  await preview.change(template, '{% block main %}', '{% blok main %}');
  await expect(page.locator('vereda-failure')).toContainText('page.html');
  await preview.change(template, '{% blok main %}', '{% block main %}');
  await expect(page.locator('vereda-failure')).toHaveCount(0);
  await expect(page.getByText('A primeira frase, que muda.')).toBeVisible();
});

test.describe('files that come and go', () => {
  test.use({ allowed: [/404/] });

  test('sees a new page, a moved one and a deleted one', async ({ page, preview }) => {
    const sections = page.getByRole('navigation', { name: 'Seções' });
    await open(page);
    await preview.write('content/nova/index.md', '---\ntitle: Nova\norder: 3\nowner: Testes\n---\n\nO texto novo.\n');
    await expect(sections.getByRole('link', { name: 'Nova' })).toBeVisible();
    await sections.getByRole('link', { name: 'Nova' }).click();
    await expect(page.getByText('O texto novo.')).toBeVisible();

    await preview.move('content/nova/index.md', 'content/mudada.md');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Página não encontrada');
    await page.goto(`${preview.url}mudada/`);
    await expect(page.getByText('O texto novo.')).toBeVisible();

    await preview.delete('content/mudada.md');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Página não encontrada');
    await page.goto(preview.url);
    await expect(sections.getByRole('link')).toHaveText(['Outra']);
  });

  test('sees a new title everywhere, and a new configuration', async ({ page, preview }) => {
    await open(page);
    await preview.change('content/outra.md', 'title: Outra', 'title: Mais uma');
    await expect(page.getByRole('navigation', { name: 'Seções' }).getByRole('link')).toHaveText(['Mais uma']);
    await preview.change('vereda.yaml', 'title: Diário', 'title: Caderno');
    await expect(page).toHaveTitle(/Caderno/);
  });
});

test.describe('a server that restarts', () => {
  test.use({ allowed: [/net::ERR_/] });

  test('is reported in every tab, and the changes made meanwhile are shown', async ({ page, preview }) => {
    await open(page);
    const { port } = new URL(preview.url);
    const other = await page.context().newPage();
    await other.goto(`${preview.url}outra/`);
    await preview.stop();
    for (const tab of [page, other]) await expect(tab.locator('vereda-stopped')).toContainText('`vereda serve` parou');
    await preview.change(INDEX, 'A primeira frase, que muda.', 'Mudou sem ninguém ver.');
    await preview.start(port);
    await expect(page.getByText('Mudou sem ninguém ver.')).toBeVisible();
    for (const tab of [page, other]) await expect(tab.locator('vereda-stopped')).toHaveCount(0);
  });
});

test('takes the next port when the first is taken', async ({ preview }) => {
  const other = await Preview.of('live');
  const { port } = new URL(preview.url);
  try {
    const url = await other.start(port);
    expect(new URL(url).port).not.toBe(port);
    await expect.poll(() => other.terminal).toContain(port);
    expect((await fetch(url)).status).toBe(200);
  } finally {
    await other.remove();
  }
});

test('answers only to the names of this machine', async ({ preview, request }) => {
  expect((await request.get(preview.url)).status()).toBe(200);
  expect((await request.get(preview.url, { headers: { host: 'evil.example' } })).status()).toBe(403);
  expect((await request.get(preview.url)).headers()).not.toHaveProperty('access-control-allow-origin');
});

/** @param {Page} page */
async function open(page) {
  await page.goto('./');
  await loaded(page);
}

/**
 * The page listens for changes, and its own scripts have run.
 * @param {Page} page
 */
async function loaded(page) {
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/__vereda/client.js')));
  await expect(page.getByRole('button', { name: 'Abrir todas' })).toBeVisible();
}

/**
 * Counts how often the page is loaded from now on.
 * @param {Page} page
 */
async function mark(page) {
  await page.waitForLoadState('load');
  const counted = { count: 0 };
  page.on('load', () => (counted.count += 1));
  loads.set(page, counted);
}

/** @type {WeakMap<Page, {count: number}>} */
const loads = new WeakMap();

/** @param {Page} page */
function reloads(page) {
  return loads.get(page)?.count;
}
