// @ts-check
/** The search dialog on this site, with its real index: by keyboard, to a screen reader, narrow, offline and under the policy. */

import { AxeBuilder } from '@axe-core/playwright';
import { gzipSync } from 'node:zlib';
import { expect, test } from './support/test.js';

/** @import { Page } from '@playwright/test' */

/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog', { name: 'Procurar' });
/** @param {Page} page */
const field = (page) => page.getByRole('combobox', { name: 'Procurar' });
/** @param {Page} page */
const options = (page) => page.getByRole('option');
/** @param {Page} page */
const selected = (page) => page.getByRole('option', { selected: true });
/** @param {Page} page */
const count = (page) => dialog(page).getByRole('status');

/**
 * @param {Page} page
 * @param {string} query
 */
async function search(page, query, key = 'Control+k') {
  await page.keyboard.press(key);
  await expect(field(page)).toBeFocused();
  await page.keyboard.insertText(query);
  await expect(count(page)).toHaveText(/resultado|Nada encontrado|primeiros/);
}

/**
 * Presses the arrow until an option is selected.
 * @param {Page} page
 * @param {import('@playwright/test').Locator} option
 */
async function select(page, option) {
  const all = await options(page).count();
  for (let presses = 0; presses < all && (await option.getAttribute('aria-selected')) !== 'true'; presses += 1) await page.keyboard.press('ArrowDown');
  await expect(option).toHaveAttribute('aria-selected', 'true');
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('opens from every page by keys and by its button', async ({ page, site }) => {
  test.setTimeout(120_000);
  for (const address of site.pages) {
    await page.goto(address);
    const button = page.getByRole('button', { name: 'Procurar' });
    await button.click();
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(button).toBeFocused();
    await page.keyboard.press('/');
    await expect(field(page)).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  }
});

test('opens a node of a flow by keyboard alone', async ({ page }) => {
  await page.goto('whatsapp/');
  await search(page, 'transferencia para um grupo', '/');
  await expect(selected(page)).toHaveCount(1);
  await select(page, options(page).filter({ hasText: 'Chat transferido para um grupo' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/whatsapp\/atendimento\/#/);
  await expect(page.getByRole('heading', { name: /Chat transferido para um grupo/ })).toBeVisible();
});

test('finds Portuguese as agents type it', async ({ page }) => {
  await page.goto('');
  for (const [query, expected] of [
    ['abandono do cleinte', /Abandono do Cliente/i],
    ['titulo incorreto', /Título incorreto/],
    ['macro n2', /1\. Atendimento Whatsapp Transferência N2\(oficial\)/],
    ['nenhuma organizacao', /Organização/],
    ['posicionamento', /Posicionamento/i],
    ['fora do horário', /Fora do horário/],
  ]) {
    await search(page, String(query));
    await expect(options(page).filter({ hasText: expected }).first(), String(query)).toBeVisible();
    const place = await options(page).evaluateAll((all, source) => all.findIndex((each) => new RegExp(source, 'i').test(each.textContent ?? '')), /** @type {RegExp} */ (expected).source);
    expect(place, String(query)).toBeLessThan(3);
    await expect(dialog(page).locator('mark').first(), String(query)).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('copies a macro with a key and shows that it did', async ({ page }) => {
  await page.goto('guia/');
  await search(page, 'macro abandono do cliente');
  await select(page, page.getByRole('option', { name: /^Auditoria Whatsapp \| Abandono do Cliente/ }));
  await page.keyboard.press('Control+c');
  await expect(count(page)).toHaveText('Copiado: Auditoria Whatsapp | Abandono do Cliente');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Auditoria Whatsapp | Abandono do Cliente');
  await expect(dialog(page)).toBeVisible();
  await options(page).filter({ hasText: 'Abandono do analista' }).locator('.search-copy').first().click();
  await expect(count(page)).toHaveText('Copiado: Auditoria Whatsapp | Abandono do analista');
});

test('offers no copy of a text that lacks a value', async ({ page }) => {
  await page.goto('guia/');
  await search(page, 'Posicionamento do ticket');
  const unfilled = options(page).filter({ hasText: /^Posicionamento do ticket( XXXX)?(?!.*Copiar)/ });
  await expect(unfilled.first()).toBeVisible();
  for (const option of await options(page).filter({ has: page.locator('.search-copy') }).all()) await expect(option).not.toContainText('XXXX');
});

test('has the roles of a combobox', async ({ page }) => {
  await page.goto('whatsapp/');
  await page.keyboard.press('/');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.type('macro');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  const list = page.getByRole('listbox', { name: 'Resultados' });
  expect(await field(page).getAttribute('aria-controls')).toBe(await list.getAttribute('id'));
  await expect(list.getByRole('group', { name: /^Macros e textos para copiar/ })).toBeVisible();
  const first = await selected(page).getAttribute('id');
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(first);
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toBeFocused();
  await expect(selected(page)).not.toHaveId(String(first));
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(await selected(page).getAttribute('id'));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await field(page).fill('xyzwqk');
  await expect(count(page)).toHaveText('Nada encontrado para “xyzwqk”.');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(field(page)).not.toHaveAttribute('aria-activedescendant');
});

test('keeps recent searches without data of customers', async ({ page }) => {
  await page.goto('whatsapp/');
  for (const query of ['macro n2', 'ticket 482913']) {
    await search(page, query);
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toHaveCount(0);
  }
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).toContain('macro n2');
  expect(stored).not.toContain('482913');
  await page.keyboard.press('Control+k');
  await expect(options(page)).toHaveText(['macro n2']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('macro n2');
  await expect(options(page).first()).toContainText('N2');
  await field(page).fill('');
  await page.getByRole('button', { name: 'Apagar buscas recentes' }).click();
  await expect(options(page)).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('macro n2');
});

test('opens the path of a typed code and of a pasted record', async ({ page }) => {
  await page.goto('whatsapp/');
  await search(page, 'aud: n 1 s cliente');
  await expect(selected(page)).toContainText('Abrir o caminho em Auditar a fila WINTHOR WHATSAPP');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/whatsapp\/auditoria\//);
  await page.goto('guia/');
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.evaluate(() => navigator.clipboard.writeText('Auditar a fila: Fora do horário\nStatus: Resolvido\n20/11/2026 · Código do caminho: AUD·n.1'));
  await page.keyboard.press('Control+v');
  await expect(page).toHaveURL(/whatsapp\/auditoria\//);
  await expect(dialog(page)).toHaveCount(0);
});

test('single key can be turned off', async ({ page }) => {
  await page.goto('whatsapp/');
  await page.evaluate(() => localStorage.setItem('vereda:/:keys-off', 'off'));
  await page.keyboard.press('/');
  await page.waitForTimeout(300);
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
});

for (const width of [360, 1366]) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test.describe(`at ${width} px in the ${colorScheme} scheme`, () => {
      test.use({ colorScheme, viewport: { width, height: 640 } });

      test('finds nothing wrong in the dialog and on the page of macros', async ({ page }) => {
        await page.goto('macros/');
        await expectAccessible(page);
        await search(page, 'macro abandono');
        await expectAccessible(page);
        const box = await dialog(page).boundingBox();
        if (width === 360) expect(box).toEqual({ x: 0, y: 0, width: 360, height: 640 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await field(page).fill('xyzwqk');
        await expect(count(page)).toHaveText(/Nada/);
        await expectAccessible(page);
      });
    });
  }
}

/** @param {Page} page */
async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('asks for nothing before it is opened', async ({ page }) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('whatsapp/', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /\/search\/|search\.css/.test(url))).toEqual([]);
  const html = await page.content();
  const without = html.replace(/<button[^>]*data-component="search".*?<\/button>/s, '');
  expect(without.length).toBeLessThan(html.length);
  expect(gzipSync(html).length - gzipSync(without).length).toBeLessThan(200);
});

test('violates no policy', async ({ page }) => {
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective)));
  await page.goto('whatsapp/auditoria/');
  await search(page, 'macro n2');
  await select(page, page.getByRole('option', { name: /^1\. Atendimento Whatsapp/ }));
  await page.keyboard.press('Control+c');
  await expect(count(page)).toHaveText(/^Copiado/);
});

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow', allowed: [/ERR_INTERNET_DISCONNECTED/] });

  test('works without a network', async ({ page, context }) => {
    await page.goto('whatsapp/');
    await expect(page.locator('.footer div', { hasText: 'Versão' }).locator('dd')).toHaveText(/^[0-9a-f]{8}$/);
    await page.reload();
    await context.setOffline(true);
    await page.goto('guia/');
    await search(page, 'macro n2');
    await expect(options(page).first()).toContainText('N2');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/whatsapp\//);
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('shows no button, and lists every macro', async ({ page }) => {
    await page.goto('');
    await expect(page.getByRole('button', { name: 'Procurar' })).toBeHidden();
    await page.getByRole('link', { name: 'Macros e textos para copiar' }).click();
    await expect(page.getByText('Auditoria Whatsapp | Abandono do Cliente', { exact: true })).toBeVisible();
    await expect(page.getByText('Filtrar')).toHaveCount(0);
  });
});

test('filters the page of macros', async ({ page }) => {
  await page.goto('macros/');
  const shown = page.locator('.copies-text:visible');
  const all = await shown.count();
  await page.getByLabel('Filtrar').fill('pendencia CADASTRO (oficial)');
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText('3. Atendimento Whatsapp - Pendência no Cadastro do Cliente (oficial)');
  await expect(page.getByText(`1 de ${all}`)).toBeVisible();
  await expect(page.locator('.copies-group:visible')).toHaveCount(1);
  await shown.getByRole('button', { name: /^Copiar/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('3. Atendimento Whatsapp - Pendência no Cadastro do Cliente (oficial)');
  await page.getByLabel('Filtrar').fill('');
  await expect(shown).toHaveCount(all);
});

test('a node of the same flow opens in a session of its own', async ({ page }) => {
  await page.goto('whatsapp/atendimento/');
  await expect(page.locator('.walk-options')).toBeVisible();
  await page.keyboard.press('s');
  const record = page.locator('.walk-record pre');
  await expect(record).toContainText('Sim');
  await search(page, 'transfira o chat');
  await select(page, options(page).filter({ hasText: 'Transfira o chat' }).first());
  await page.keyboard.press('Enter');
  await expect(page.locator('.node:visible').first()).toHaveAttribute('data-node', 'transferir-chat');
  await expect(page.getByRole('navigation', { name: 'Atendimentos em curso' }).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Alt+1');
  await expect(record).toContainText('Sim');
});

test('keeps the focus in the field after a click, and names a key without effect', async ({ page }) => {
  await page.goto('whatsapp/atendimento/');
  await page.evaluate(() => navigator.clipboard.writeText('antes'));
  await search(page, 'macro abandono');
  await options(page).filter({ hasText: 'Abandono do Cliente' }).getByText('Copiar').first().click();
  await expect(count(page)).toHaveText(/^Copiado/);
  await expect(field(page)).toBeFocused();
  await select(page, page.locator('.search-option:not([data-kind="copy"])').first());
  await page.evaluate(() => navigator.clipboard.writeText('antes'));
  await page.keyboard.press('Control+c');
  await expect(count(page)).toHaveText('Nada foi copiado: este resultado não é um texto para copiar.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('antes');
});

test('shows the best of each kind before the others', async ({ page }) => {
  await page.goto('');
  await search(page, 'fora do horario');
  const groups = await page.locator('.search-list [role="group"]').evaluateAll((all) => all.map((group) => group.querySelectorAll('[role="option"]').length));
  expect(Math.max(...groups.slice(0, -1))).toBeLessThanOrEqual(4);
  await expect(page.locator('.search-option[data-kind="copy"]').first()).toBeVisible();
  expect(await page.locator('.search-option').evaluateAll((all) => all.findIndex((each) => each.getAttribute('data-kind') === 'copy'))).toBeLessThan(9);
});
