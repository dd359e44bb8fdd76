// @ts-check
/** A site built for `https://x.org/docs/` works when it is hosted under `/docs/`. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

test.use({ root: fixture('walk'), basePath: '/docs/' });

test('loads every page with its style and scripts, and has no link outside', async ({ page, site }) => {
  expect(site.pages).toEqual(['', '404.html', 'aviso/', 'conserto/', 'garantia/', 'garantias/antigas/', 'macros/']);
  for (const address of site.pages.filter((each) => !each.startsWith('garantias/'))) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await expect(page.locator('main')).toHaveCSS('padding-left', '10px');
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
    expect(links.filter((link) => !link.startsWith(site.url) && !link.startsWith('https://example.com/')), address).toEqual([]);
  }
});

test('has the canonical address of each page', async ({ page, site }) => {
  await page.goto('garantia/');
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', 'https://x.org/docs/garantia/');
  const sitemap = await readFile(join(site.folder, 'sitemap.xml'), 'utf8');
  expect([...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address).sort()).toEqual(
    ['', 'aviso/', 'conserto/', 'garantia/', 'macros/'].map((address) => `https://x.org/docs/${address}`),
  );
});

test('goes from page to page by their links', async ({ page, site }) => {
  await page.goto('');
  await page.getByRole('navigation', { name: 'Seções' }).getByRole('link', { name: 'Garantia' }).click();
  await expect(page).toHaveURL(`${site.url}garantia/`);
  await page.getByRole('link', { name: 'orçamento' }).click();
  await expect(page).toHaveURL(`${site.url}#orcamento`);
  await page.goBack();
  await page.getByRole('main').getByRole('link', { name: /Consertar um aparelho/ }).click();
  await expect(page).toHaveURL(`${site.url}conserto/`);
});

test('redirects an old address', async ({ page, site }) => {
  await page.goto('garantias/antigas/');
  await expect(page).toHaveURL(`${site.url}garantia/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Garantia');
});

test('keeps query and fragment of an old address', async ({ page, site }) => {
  await page.goto('garantias/antigas/?embed#~prazo:sim');
  await expect(page).toHaveURL(`${site.url}garantia/?embed#~prazo:sim`);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('redirects an old address too', async ({ page, site }) => {
    await page.goto('garantias/antigas/');
    await expect(page).toHaveURL(`${site.url}garantia/`);
  });
});

test('walks a flow that calls another', async ({ page, site }) => {
  const walker = new Walker(page);
  await walker.open('conserto/#chamar/ligar');
  await walker.expectNode('chamar/ligar');
  await expect(walker.node.getByRole('link', { name: /Avisar/ })).toHaveAttribute('href', `${site.url}aviso/#ligar`);
  await walker.choose('Não');
  await walker.expectNode('aguardar');
});

test.describe('where there is no page', () => {
  test.use({ allowed: [/404/] });

  test('shows the page of lost addresses with its style at any depth', async ({ page, site }) => {
    await page.goto('nada/em/lugar/nenhum/');
    await expect(page.locator('main')).toHaveCSS('padding-left', '10px');
    await page.getByRole('link', { name: 'Ir para a página inicial' }).click();
    await expect(page).toHaveURL(site.url);
  });
});
