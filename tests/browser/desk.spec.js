// @ts-check
/** The desk of an agent: placeholders without a value, pasted data of another customer, undo, and keys. */

import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */

test.use({ root: fixture('walk'), permissions: ['clipboard-read', 'clipboard-write'] });

const PAGE = 'conserto/';
const CNPJ = '11.222.333/0001-81';
const OTHER = '12.345.678/0001-95';

/** @type {Walker} */
let walker;

test.beforeEach(({ page }) => {
  walker = new Walker(page);
});

test.describe('a placeholder of a page', () => {
  test('without a value copies and opens nothing, and asks for it', async ({ page }) => {
    await page.goto('garantia/');
    await page.evaluate(() => navigator.clipboard.writeText('antes'));
    const copy = page.locator('.copy', { hasText: 'Garantia' });
    await expect(copy.locator('.copy-button')).toHaveText('Falta: ID de sessão');
    const link = page.getByRole('link', { name: 'abrir a sessão' });
    await expect(link).not.toHaveAttribute('href');
    await link.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('ID de sessão').fill('12');
    await dialog.getByRole('button', { name: 'Preencher' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('Cole só os números.');
    expect(await walker.copied()).toBe('antes');
    await dialog.getByLabel('ID de sessão').fill('Sessão: 777888999');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(link).toHaveAttribute('href', 'https://example.com/sessao/777888999');
    await copy.locator('.copy-button').click();
    await expect.poll(() => walker.copied()).toBe('Garantia 777888999');
    await page.reload();
    await expect(copy).toContainText('777888999');
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('777888999');
  });

  test('is filled from a pasted box, which can be undone', async ({ page }) => {
    await page.goto('garantia/', { waitUntil: 'networkidle' });
    const copy = page.locator('.copy', { hasText: 'Garantia' });
    await paste(page, 'Nome: Ana\nID de sessão: 777888999');
    await expect(copy).toContainText('777888999');
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await expect(copy.locator('.copy-button')).toHaveText('Falta: ID de sessão');
  });

  test('keeps its value when the box of another customer is pasted', async ({ page }) => {
    await fillFirst(page, '777888999');
    await page.goto('garantia/', { waitUntil: 'networkidle' });
    await paste(page, 'ID de sessão: 555444333');
    await expect(page.getByRole('dialog', { name: 'É outro cliente?' })).toContainText('ID de sessão: era 777888999, agora 555444333');
    await page.keyboard.press('Escape');
    await expect(page.locator('.copy', { hasText: 'Garantia' })).toContainText('777888999');
  });

  test('has the value of the session that the tab showed last', async ({ page }) => {
    await fillFirst(page, '777888999');
    await page.goto('garantia/');
    await expect(page.locator('.copy', { hasText: 'Garantia' })).toContainText('777888999');
    await page.locator('.placeholder').first().press('Enter');
    await expect(page.getByRole('dialog').getByLabel('ID de sessão')).toHaveValue('777888999');
  });
});

test.describe('a copy and a link of a flow without a value', () => {
  test('do nothing, and lead to the field', async ({ page }) => {
    await walker.open(`${PAGE}#entregar`);
    await expect(walker.node.getByRole('link', { name: 'Abrir a sessão' })).not.toHaveAttribute('href');
    await page.evaluate(() => navigator.clipboard.writeText('antes'));
    await walker.node.locator('.node-copies .copy-button').first().click();
    await expect(page.locator('.walk-notice')).toContainText('Falta: ID de sessão');
    expect(await walker.copied()).toBe('antes');
  });
});

test.describe('a paste of another customer', () => {
  test('begins a new session by default, and can be undone', async ({ page }) => {
    await fillFirst(page, '777888999');
    await paste(page, `CNPJ: ${OTHER}\nSessão: 555444333`);
    const dialog = page.getByRole('dialog', { name: 'É outro cliente?' });
    await expect(dialog).toContainText(`CNPJ do cliente: era ${CNPJ}, agora ${OTHER}`);
    await expect(dialog.getByRole('button', { name: 'Novo atendimento' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sessions(page)).toHaveCount(2);
    await walker.expectNode('balcao');
    await page.keyboard.press('Alt+1');
    await walker.press(walker.trail.nth(1));
    await expect(walker.field('CNPJ do cliente')).toHaveValue(CNPJ);
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await expect(sessions(page)).toHaveCount(1);
  });

  test('replaces the data here on request, and Escape changes nothing', async ({ page }) => {
    await fillFirst(page, '777888999');
    await paste(page, `CNPJ: ${OTHER}`);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.walk-notice')).toHaveText('Nada foi colado. O atendimento continua como estava.');
    await walker.press(walker.trail.nth(1));
    await expect(walker.field('CNPJ do cliente')).toHaveValue(CNPJ);
    await walker.heading.focus();
    await paste(page, `CNPJ: ${OTHER}`);
    await page.getByRole('button', { name: 'Substituir aqui' }).click();
    await expect(walker.field('CNPJ do cliente')).toHaveValue(OTHER);
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await expect(walker.field('CNPJ do cliente')).toHaveValue(CNPJ);
  });

  test('keeps the answers given since, in either choice, when it is undone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await fillFirst(page, '777888999');
    await paste(page, `CNPJ: ${OTHER}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Novo atendimento' }).click();
    await walker.expectNode('balcao');
    await walker.choose('Sim');
    const undo = page.getByRole('button', { name: 'Desfazer' });
    await expect(undo).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await undo.click();
    await expect(sessions(page)).toHaveCount(2);
    await paste(page, `CNPJ: ${OTHER}`);
    await page.getByRole('button', { name: 'Substituir aqui' }).click();
    await walker.expectNode('defeitos');
    await walker.choose('Tela');
    await walker.press(walker.next);
    await undo.click();
    await expect(sessions(page)).toHaveCount(3);
  });

  test('with the same values in another notation asks nothing', async ({ page }) => {
    await fillFirst(page, '777888999');
    await paste(page, 'CNPJ: 11222333000181');
    await expect(page.locator('.walk-notice')).toContainText('Preenchido');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('with wrong check digits fills in nothing and names them', async ({ page }) => {
    await walker.open(PAGE);
    await paste(page, 'CNPJ: 12.345.678/0001-96');
    await expect(page.locator('.walk-notice')).toHaveText('Há um valor para CNPJ do cliente, mas os dígitos não conferem.');
    await expect(page.locator('.walk-notice')).toBeInViewport();
  });
});

test('closing and starting again can be undone for a minute, with name, inputs and ticks', async ({ page }) => {
  await page.clock.install();
  await fillFirst(page, '777888999');
  await page.getByRole('textbox', { name: 'Nome do atendimento 1' }).fill('Ana');
  await page.keyboard.press('Enter');
  await expect(walker.heading).toBeFocused();
  await page.getByRole('button', { name: 'Fechar Ana' }).click();
  await walker.expectNode('balcao');
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await walker.expectNode('defeitos');
  await expect(page.getByRole('textbox', { name: 'Nome do atendimento 1' })).toHaveValue('Ana');
  await page.getByRole('button', { name: 'Recomeçar' }).click();
  await walker.expectNode('balcao');
  await page.clock.runFor(50_000);
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await walker.expectNode('defeitos');
  await page.getByRole('button', { name: 'Recomeçar' }).click();
  await page.clock.runFor(61_000);
  await expect(page.getByRole('button', { name: 'Desfazer' })).toBeHidden();
});

test('the same customer in another tab warns', async ({ page, context }) => {
  await fillFirst(page, '777888999');
  const other = new Walker(await context.newPage());
  await other.open(PAGE);
  await other.choose('Sim');
  await other.type('CNPJ do cliente', '11222333000181');
  await expect(other.node.locator('.field-warning').filter({ hasText: /./ })).toHaveText('CNPJ do cliente igual em: outra aba. Confira se não é outro cliente.');
});

test('keys answer, go on, copy the record and the values, go back and begin a session', async ({ page }) => {
  await fillFirst(page, '777888999');
  await walker.choose('Tela');
  await page.keyboard.press('Escape');
  await walker.heading.focus();
  await page.keyboard.press('Enter');
  await walker.expectNode('teste');
  await page.keyboard.press('n');
  await walker.expectNode('trocar');
  await page.keyboard.press('Enter');
  await walker.expectNode('teste');
  await page.keyboard.press('S');
  await walker.expectNode('entregar');
  await page.keyboard.press('r');
  await expect.poll(() => walker.copied()).toContain('Consertar um aparelho: Entregue o aparelho (Entregue)');
  await page.keyboard.press('c');
  await expect.poll(() => walker.copied()).toMatch(/^Entrega 777888999/);
  await walker.heading.focus();
  await page.keyboard.press('c');
  await expect.poll(() => walker.copied()).toMatch(/^Para/);
  await page.keyboard.press('v');
  await walker.expectNode('teste');
  await page.keyboard.press('c');
  await expect(page.locator('.walk-notice')).toHaveText('Este passo não tem nada para copiar.');
  await page.keyboard.press('a');
  await walker.expectNode('balcao');
  await expect(sessions(page)).toHaveCount(2);
});

test('an option shows the node that it leads to', async ({ page }) => {
  await walker.open(PAGE);
  await expect(page.locator('.walk-option-next')).toHaveText(['→ Anote os dados', '→ Aguarde o cliente']);
});

test('a pasted record opens its path, and the example code of the home page works', async ({ page }) => {
  await walker.open(PAGE);
  await paste(page, 'Consertar um aparelho\nO aparelho está no balcão? Não\nDesfecho: Aguarde o cliente\nCódigo do caminho: CON·n');
  await walker.expectNode('aguardar');
  await page.goto('./');
  const field = page.getByLabel('Código do caminho');
  await field.fill((await field.getAttribute('placeholder')) ?? '');
  await page.keyboard.press('Enter');
  await walker.ready();
  await expect(walker.trail).toHaveCount(1);
});

/** @param {Page} page */
function sessions(page) {
  return page.getByRole('navigation', { name: 'Atendimentos em curso' }).getByRole('listitem');
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function paste(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}

/**
 * As far as the question after the form.
 * @param {Page} page
 * @param {string} sessao
 */
async function fillFirst(page, sessao) {
  await walker.open(PAGE);
  await walker.choose('Sim');
  for (const [label, text] of [['CNPJ do cliente', CNPJ], ['ID de sessão', sessao], ['Valor do conserto', '100']]) await walker.type(label, text);
  await page.getByLabel('Cor do aparelho').selectOption('preto');
  await walker.press(walker.next);
  await walker.expectNode('defeitos');
}
