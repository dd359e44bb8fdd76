// @ts-check
/** Several customers at once: sessions side by side, whose nothing is ever taken for another's. */

import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */

test.use({ root: fixture('walk'), permissions: ['clipboard-read', 'clipboard-write'] });

const PAGE = 'conserto/';
const CNPJ = '11.222.333/0001-81'; // not the example

/** @type {Walker} */
let walker;

test.beforeEach(async ({ page }) => {
  walker = new Walker(page);
  await walker.open(PAGE);
});

test('opens beside the first, each with its own answers, and changes by click and by Alt and its number', async ({ page }) => {
  await fillFirst(page, '215531931');
  await open(page);
  await walker.expectNode('balcao');
  await expect(sessions(page)).toHaveCount(2);
  await walker.choose('Sim');
  await expect(walker.field('ID de sessão')).toHaveValue('');
  await walker.type('ID de sessão', '777777777');
  await page.keyboard.press('Alt+1');
  await walker.expectNode('defeitos');
  await expect(walker.trail).toHaveCount(2);
  await expect(walker.heading).toBeFocused();
  await sessions(page).nth(1).getByRole('button').first().click();
  await walker.expectNode('dados');
  await expect(walker.field('ID de sessão')).toHaveValue('777777777');
});

test('is named by a value that is not private, or by the reader; the title of the window has no typed value', async ({ page }) => {
  const title = await page.title();
  await fillFirst(page, '215531931');
  await expect(page).toHaveTitle(title);
  await open(page);
  await expect(page).toHaveTitle(`Atendimento 2 · ${title}`);
  await page.getByRole('textbox', { name: 'Nome do atendimento 2' }).fill('Ana Luz');
  await expect(page).toHaveTitle(`Ana Luz · ${title}`);
  await page.keyboard.press('Alt+1');
  await expect(page).toHaveTitle(`Atendimento 1 · ${title}`);
  await expect(sessions(page).first()).toContainText('1');
  await expect(page.getByRole('textbox', { name: 'Nome do atendimento 1' })).toHaveAttribute('placeholder', '215531931');
  await page.reload();
  await expect(sessions(page).nth(1)).toContainText('Ana Luz');
  await expect(page).toHaveTitle(`Atendimento 1 · ${title}`);
});

test('stands with what is copied, opened and recorded as soon as there are two', async ({ page }) => {
  await fillFirst(page, '215531931');
  await walker.choose('Tela');
  await walker.press(walker.next);
  await walker.choose('Sim');
  await walker.expectNode('entregar');
  const parts = page.locator('.node:visible :is(.node-links, .node-copies), .desk-record .walk-record');
  await expect(parts).toHaveCount(3);
  for (const part of await parts.all()) await expect(part).not.toHaveAttribute('data-whose');
  await open(page);
  await walker.choose('Sim');
  await page.keyboard.press('Alt+1');
  await walker.expectNode('entregar');
  for (const part of await parts.all()) await expect(part).toHaveAttribute('data-whose', '215531931');
  await walker.node.getByRole('button', { name: /Copiar Para/ }).click();
  await expect(page.getByRole('status').first()).toHaveText('Copiado: 215531931');
  await page.getByRole('textbox', { name: 'Nome do atendimento 1' }).fill('Ana');
  for (const part of await parts.all()) await expect(part).toHaveAttribute('data-whose', 'Ana');
});

test('warns where another has the same CNPJ or session id', async ({ page }) => {
  await fillFirst(page, '215531931');
  await open(page);
  await walker.choose('Sim');
  await walker.type('CNPJ do cliente', '11222333000181');
  const warning = walker.node.locator('.field-warning').filter({ hasText: /./ });
  await expect(warning).toHaveText('CNPJ do cliente igual em: 215531931. Confira se não é outro cliente.');
  await walker.type('CNPJ do cliente', '12.345.678/0001-95');
  await expect(warning).toHaveCount(0);
  await walker.type('ID de sessão', '215531931');
  await expect(warning).toContainText('ID de sessão igual em');
});

test('is gone when it is closed, also after going back', async ({ page }) => {
  await fillFirst(page, '215531931');
  await page.getByRole('button', { name: 'Fechar 215531931' }).click();
  await walker.expectNode('balcao');
  await expect(walker.trail).toHaveCount(0);
  expect(await stored(page)).not.toContain(CNPJ);
  await page.goBack();
  await walker.expectNode('dados');
  await expect(walker.field('CNPJ do cliente')).toHaveValue('');
});

test('shows the other when the present one is closed', async ({ page }) => {
  await fillFirst(page, '215531931');
  await open(page);
  await walker.choose('Não', 'Ficou com o cliente');
  await page.getByRole('button', { name: 'Fechar Atendimento 2' }).click();
  await walker.expectNode('defeitos');
  await expect(sessions(page)).toHaveCount(1);
});

test('goes back and forth with the browser across sessions', async ({ page }) => {
  await fillFirst(page, '215531931');
  await open(page);
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  await page.goBack();
  await walker.expectNode('balcao');
  await page.goBack();
  await walker.expectNode('defeitos');
  await expect(walker.trail).toHaveCount(2);
  await page.goForward();
  await page.goForward();
  await walker.expectNode('aguardar');
});

test('keeps all of them when the page is loaded again, and on every page', async ({ page }) => {
  await fillFirst(page, '215531931');
  await open(page);
  await walker.choose('Não', 'Ficou com o cliente');
  await page.reload();
  await walker.ready();
  await walker.expectNode('aguardar');
  await page.keyboard.press('Alt+1');
  await walker.expectNode('defeitos');

  await page.goto('./');
  await expect(sessions(page)).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Novo atendimento' }), 'there is no flow here to begin').toBeHidden();
  await sessions(page).first().getByRole('button').first().click();
  await expect(page).toHaveURL(/\/conserto\//);
  await walker.ready();
  await walker.expectNode('defeitos');
  await page.goto('aviso/');
  await expect(sessions(page).nth(2)).toContainText('3');
  await page.keyboard.press('Alt+2');
  await expect(page).toHaveURL(/\/conserto\//);
  await walker.ready();
  await walker.expectNode('aguardar');
  await expect(sessions(page)).toHaveCount(2);

  await page.keyboard.press('Alt+1');
  await walker.expectNode('defeitos');
});

test('keeps them after a crash of the page', async ({ page }) => {
  await fillFirst(page, '215531931');
  await page.evaluate(() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true }));
  await page.reload();
  await walker.ready();
  await walker.expectNode('defeitos');
  await expect(walker.trail).toHaveCount(2);
});

test('has none of another tab: one that was duplicated begins with its own', async ({ page, context }) => {
  await fillFirst(page, '777888999');
  const copied = context.waitForEvent('page');
  await page.evaluate(() => void window.open(location.href));
  const tab = await copied;
  const other = new Walker(tab);
  await other.ready();
  await expect(sessions(tab)).toHaveCount(1);
  expect(await stored(tab)).not.toContain(CNPJ);
  await expect(tab.locator('body')).not.toContainText('777888999', { useInnerText: true });
  await page.bringToFront();
  await page.reload();
  await walker.ready();
  await walker.expectNode('defeitos');
  expect(await stored(page)).toContain(CNPJ);
});

test('keeps private values in the tab alone, and clears everything on request', async ({ page }) => {
  await fillFirst(page, '215531931');
  await walker.choose('Tela');
  await walker.press(walker.next);
  await walker.choose('Sim');
  await walker.expectNode('entregar');
  expect(await stored(page)).toContain(CNPJ);
  const outside = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie, location.href, document.title, history.state]));
  await expect.poll(outside).toContain('counts');
  expect(await outside()).not.toMatch(/11\.?222/);
  await page.keyboard.press('?');
  await page.getByLabel(/Desligar as teclas/).check();
  await page.evaluate(() => localStorage.setItem('vereda:/outro/:counts:/x/', '{}'));
  await page.getByRole('button', { name: 'Limpar tudo' }).click();
  await walker.expectNode('balcao');
  await expect(sessions(page)).toHaveCount(1);
  expect(await stored(page)).not.toMatch(/11\.?222|215531931/);
  expect(await page.evaluate(() => Object.keys(localStorage)), 'what is of another site stays').toEqual(['vereda:/outro/:counts:/x/']);
});

test.describe('a timer', () => {
  test.beforeEach(async ({ page }) => {
    await page.clock.install();
    await walker.open(PAGE);
    await fillFirst(page, '215531931');
    await walker.choose('Tela');
    await walker.press(walker.next);
    await walker.choose('Sim');
    await walker.expectNode('entregar');
  });

  test('runs through a reload and in other sessions, and is announced once', async ({ page }) => {
    await walker.node.getByRole('button', { name: 'Iniciar 5:00' }).click();
    await page.clock.runFor(61_000);
    await expect(walker.node.getByRole('timer')).toHaveText('3:59');
    await expect(page).toHaveTitle(/^3 min · /);
    await page.reload();
    await walker.ready();
    await walker.expectNode('entregar');
    await expect(walker.node.getByRole('timer')).toHaveText(/^3:5\d$/);
    await open(page);
    await page.clock.runFor(240_000);
    await expect(page).toHaveTitle(/^Tempo esgotado · /);
    await expect(page.getByRole('status').first()).toHaveText('Tempo esgotado: Aguardar a assinatura (215531931)');
    await expect(sessions(page).first()).toContainText('Tempo esgotado');
    await page.keyboard.press('Alt+1');
    await walker.node.getByRole('button', { name: 'Parar' }).click();
    await expect(walker.node.getByRole('button', { name: 'Iniciar 5:00' })).toBeVisible();
    await expect(page).not.toHaveTitle(/Tempo/);
  });

  test('notifies only where the reader allowed it', async ({ page, context }) => {
    await context.grantPermissions(['notifications']);
    await page.evaluate(() => {
      /** @type {string[]} */
      const sent = [];
      const Real = Notification;
      class Sent extends Real {
        /** @param {string} title @param {NotificationOptions} [options] */
        constructor(title, options) {
          super(title, options);
          sent.push(`${title}: ${options?.body}`);
        }
      }
      Object.assign(window, { Notification: Sent, sent });
    });
    const readSent = () => page.evaluate(() => Reflect.get(window, 'sent'));
    await walker.node.getByRole('button', { name: 'Iniciar 5:00' }).click();
    await page.clock.runFor(301_000);
    await expect(page).toHaveTitle(/^Tempo esgotado/);
    expect(await readSent()).toEqual([]);
    await walker.node.getByRole('button', { name: 'Parar' }).click();
    await walker.node.getByRole('button', { name: 'Iniciar 5:00' }).click();
    await walker.node.getByRole('button', { name: 'Avisar no fim' }).click();
    await expect(walker.node.getByRole('button', { name: 'Avisar no fim' })).toHaveAttribute('aria-pressed', 'true');
    await page.clock.runFor(301_000);
    await expect.poll(readSent).toEqual(['Tempo esgotado: Atendimento 1: Aguardar a assinatura']);
  });
});

test('shows the duration of each session', async ({ page }) => {
  await page.clock.install();
  await walker.open(PAGE);
  await fillFirst(page, '215531931');
  await page.clock.runFor(61 * 60_000);
  await open(page);
  await walker.choose('Não', 'Ficou com o cliente');
  await page.clock.runFor(4 * 60_000);
  await expect(sessions(page).first()).toContainText('1 h 05');
  await expect(sessions(page).nth(1)).toContainText('4 min');
  await page.getByRole('button', { name: 'Fechar 215531931' }).click();
  await expect(sessions(page).first().getByRole('button').first()).toBeFocused();
});

test('ticks what is done for the session alone', async ({ page }) => {
  await fillFirst(page, '215531931');
  await walker.choose('Tela');
  await walker.press(walker.next);
  await walker.choose('Sim');
  const box = walker.node.getByLabel('Conferir a embalagem');
  await box.check();
  await page.reload();
  await expect(box).toBeChecked();
  await open(page);
  await page.goto(`${page.url().split('#')[0]}#entregar`);
  await walker.expectNode('entregar');
  await expect(box).not.toBeChecked();
  await page.keyboard.press('Alt+1');
  await expect(box).toBeChecked();
});

/** @param {Page} page */
function sessions(page) {
  return page.getByRole('navigation', { name: 'Atendimentos em curso' }).getByRole('listitem');
}

/** @param {Page} page */
async function open(page) {
  await page.getByRole('button', { name: 'Novo atendimento' }).click();
}

/** @param {Page} page */
function stored(page) {
  return page.evaluate(() => JSON.stringify({ ...sessionStorage }));
}

/**
 * As far as the question after the form.
 * @param {Page} page
 * @param {string} sessao
 */
async function fillFirst(page, sessao) {
  await walker.choose('Sim');
  for (const [label, text] of [['CNPJ do cliente', CNPJ], ['ID de sessão', sessao], ['Valor do conserto', '100']]) await walker.type(label, text);
  await page.getByLabel('Cor do aparelho').selectOption('preto');
  await walker.press(walker.next);
  await walker.expectNode('defeitos');
}
