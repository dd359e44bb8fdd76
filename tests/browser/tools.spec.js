// @ts-check
/** What spares an agent typing: pasted data, filled-in addresses, path codes, records and keys. */

import { readFile } from 'node:fs/promises';
import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */

test.use({ root: fixture('walk'), permissions: ['clipboard-read', 'clipboard-write'] });

const PAGE = 'conserto/';
const CNPJ = '11.222.333/0001-81'; // not the example
const BOX = `Informação de Sessão\nCNPJ: ${CNPJ}\nSessão: 777888999\nValor: 250,00\nNome: Ana Luz\n`;

/** @type {Walker} */
let walker;

test.beforeEach(async ({ page }) => {
  walker = new Walker(page);
  await walker.open(PAGE);
});

test.describe('a paste', () => {
  test('outside of fields fills in unambiguous values, and lists them', async ({ page }) => {
    await walker.choose('Sim');
    await paste(page, BOX);
    await expect(notice(page)).toHaveText('Preenchido: ID de sessão, CNPJ do cliente, Nome do cliente, Valor do conserto.');
    await walker.expectNode('dados');
    for (const [label, text] of [['CNPJ do cliente', CNPJ], ['ID de sessão', '777888999'], ['Valor do conserto', '250,00'], ['Nome do cliente', 'Ana Luz']]) {
      await expect(walker.field(label)).toHaveValue(text);
    }
  });

  test('of the whole box into one field fills in all of them; of one value, that field alone', async ({ page }) => {
    await walker.choose('Sim');
    await walker.field('Nome do cliente').focus();
    await paste(page, BOX);
    await expect(walker.field('ID de sessão')).toHaveValue('777888999');
    await expect(walker.field('Nome do cliente')).toHaveValue('Ana Luz');
    await walker.field('Nome do cliente').fill('');
    await paste(page, '12345678');
    await expect(walker.field('Nome do cliente')).toHaveValue('12345678');
    await expect(walker.field('ID de sessão')).toHaveValue('777888999');
  });

  test('of several lines that hold nothing known goes into the field', async ({ page }) => {
    await walker.choose('Sim');
    await walker.field('Nome do cliente').focus();
    await paste(page, 'Ana\nLuz');
    await expect(walker.field('Nome do cliente')).toHaveValue('Ana Luz');
  });

  test('lets the reader choose among ambiguous values', async ({ page }) => {
    await page.getByRole('button', { name: 'Colar dados' }).click();
    const dialog = page.getByRole('dialog', { name: 'Colar dados' });
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await dialog.getByRole('textbox').fill(`${CNPJ}, sessões 777888999 e 555444333`);
    await dialog.getByRole('button', { name: 'Ler' }).click();
    await expect(dialog.getByLabel('CNPJ do cliente')).toHaveValue(CNPJ);
    await expect(dialog.getByLabel('ID de sessão')).toHaveValue('');
    await dialog.getByLabel('ID de sessão').selectOption('555444333');
    await dialog.getByRole('button', { name: 'Preencher', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await walker.choose('Sim');
    await expect(walker.field('ID de sessão')).toHaveValue('555444333');
    await expect(walker.field('CNPJ do cliente')).toHaveValue(CNPJ);
  });

  test('without a value of the flow shows a notice', async ({ page }) => {
    await paste(page, 'bom dia');
    await expect(notice(page)).toHaveText('Nada do que este fluxo pede foi encontrado no texto colado.');
    await paste(page, 'XYZ·n');
    await expect(notice(page)).toHaveText('Nenhum fluxo tem este código.');
    await page.getByRole('button', { name: 'Colar dados' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('bom dia');
    await page.getByRole('button', { name: 'Ler' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('Nada do que este fluxo pede foi encontrado no texto colado.');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Colar dados' })).toBeFocused();
  });
});

test.describe('an address of another program', () => {
  test('fills in what it names, checked as what is typed, and does not keep it', async ({ page }) => {
    await page.goto('./');
    await walker.open(`${PAGE}#?sessao=777888999&valor=5&desconhecido=1&cor=preto`);
    await expect(notice(page)).toHaveText('Preenchido: ID de sessão, Cor do aparelho. O endereço trouxe um valor que não serve em: Valor do conserto.');
    await expect(page).toHaveURL(/conserto\/#balcao$/);
    await walker.choose('Sim');
    await expect(walker.field('ID de sessão')).toHaveValue('777888999');
    await expect(walker.field('Valor do conserto')).toHaveValue('');
    await expect(page.getByLabel('Cor do aparelho')).toHaveValue('preto');
  });

  test('fills in no private values', async ({ page }) => {
    await page.goto('./');
    await walker.open(`${PAGE}#?cnpj=${CNPJ}`);
    await expect(notice(page)).toHaveText('Dado privado não é lido do endereço; cole aqui: CNPJ do cliente.');
    await walker.choose('Sim');
    await expect(walker.field('CNPJ do cliente')).toHaveValue('');
    expect(page.url()).not.toContain('cnpj');
  });

  test('opens a session of its own beside one that is under way', async ({ page }) => {
    await walker.choose('Sim');
    await walker.type('ID de sessão', '555444333');
    await page.evaluate(() => (location.hash = '#?sessao=777888999'));
    await walker.expectNode('balcao');
    await expect(page.getByRole('button', { name: /^Fechar/ })).toHaveCount(2);
    await page.keyboard.press('Alt+1');
    await expect(walker.field('ID de sessão')).toHaveValue('555444333');
  });
});

test.describe('a record', () => {
  test('can be seen and copied at any time, with the code of the path', async ({ page }) => {
    await walker.choose('Sim');
    const column = page.getByRole('complementary', { name: 'Registro e cópias' });
    await expect(column.locator('pre')).toHaveText(/^Consertar um aparelho\n\d\d\/\d\d\/\d{4}, \d\d:\d\d\nO aparelho está no balcão\? Sim\nDesfecho: em andamento\nCódigo do caminho: CON·s$/);
    await column.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }).click();
    await expect.poll(() => walker.copied()).toContain('Código do caminho: CON·s');
  });

  test('of an outcome without its own template has outcome, copies and code', async ({ page }) => {
    await walker.choose('Não', 'Ficou com o cliente');
    await expect(walker.record).toHaveText(/Desfecho: Aguarde o cliente\nCódigo do caminho: CON·n$/);
    await page.getByRole('button', { name: 'Copiar formatado' }).click();
    const html = await page.evaluate(async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text());
    expect(html).toContain('<b>Consertar um aparelho</b>');
    expect(html).toContain('Desfecho: <b>Aguarde o cliente</b>');
    expect(await walker.copied()).toContain('Desfecho: Aguarde o cliente');
  });

  test('is copied where the clipboard is refused, and selected where nothing else helps', async ({ page }) => {
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await walker.choose('Não', 'Ficou com o cliente');
    for (const name of ['Copiar', 'Copiar formatado']) {
      await page.locator('.walk-record').getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('status').first()).toHaveText('Copiado');
      await expect(page.locator('.walk-record').getByRole('button', { name: 'Copiado' })).toBeFocused();
      await expect(page.locator('.walk-record').getByRole('button', { name, exact: true })).toBeVisible();
    }
    await page.evaluate(() => (document.execCommand = () => false));
    await page.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }).click();
    await expect(page.getByRole('status').first()).toContainText('Não foi possível copiar');
    expect(await page.evaluate(() => String(getSelection()))).toContain('Desfecho: Aguarde o cliente');
  });
});

test.describe('a path code', () => {
  test('pasted on the flow page opens the path, in a session of its own, without what was typed', async ({ page }) => {
    await walker.choose('Sim');
    await walker.type('ID de sessão', '555444333');
    await page.locator('body').evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await paste(page, 'CON·n');
    await walker.expectNode('aguardar');
    await expect(walker.trail).toHaveCount(1);
    await paste(page, ' con: s.t.s ');
    await walker.expectNode('dados');
    await expect(walker.field('ID de sessão')).toHaveValue('');
    for (const [label, text] of [['CNPJ do cliente', CNPJ], ['ID de sessão', '777888999'], ['Valor do conserto', '100']]) await walker.type(label, text);
    await page.getByLabel('Cor do aparelho').selectOption('preto');
    await walker.press(walker.next);
    await walker.expectNode('entregar');
  });

  test('names the token that is not understood', async ({ page }) => {
    await paste(page, 'CON·s.+1.z');
    await walker.expectNode('dados');
    await expect(notice(page)).toHaveText('O código só vale até “O que está com defeito?”: “z” não leva adiante a partir daí.');
  });

  test('opens its flow from the home page, typed or pasted, and from another flow', async ({ page }) => {
    await page.goto('./');
    await page.getByLabel('Código do caminho').fill('con·n');
    await page.getByRole('button', { name: 'Abrir' }).click();
    await expect(page).toHaveURL(/\/conserto\//);
    await walker.ready();
    await walker.expectNode('aguardar');
    await page.goto('./');
    await paste(page, 'AVI·n');
    await expect(page).toHaveURL(/\/aviso\//);
    await walker.ready();
    await walker.expectNode('sem-resposta');
    await paste(page, 'CON·n');
    await expect(page).toHaveURL(/\/conserto\//);
    await walker.ready();
    await walker.expectNode('aguardar');
    await page.evaluate(() => (location.hash = '#@CON·s'));
    await walker.expectNode('dados');
    await expect(page).not.toHaveURL(/@/);
    await page.goto(`${PAGE}#@%E0%A4%A`);
    await page.goto('./');
    await page.getByLabel('Código do caminho').fill('XYZ·n');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('Nenhum fluxo tem este código.');
    await page.goto('./');
    await paste(page, 'palavra');
    await paste(page, 'XYZ·s.n');
    await expect(page.getByRole('alert')).toHaveText('Nenhum fluxo tem este código.');
  });
});

test.describe('a changed answer', () => {
  test.beforeEach(async ({ page }) => {
    await walker.choose('Sim');
    await paste(page, BOX);
    await expect(notice(page)).toContainText('Preenchido');
    await page.getByLabel('Cor do aparelho').selectOption('preto');
    await walker.press(walker.next);
    await walker.choose('Tela');
    await walker.press(walker.next);
    await walker.choose('Sim');
    await walker.expectNode('entregar');
  });

  test('shows both outcomes, and strikes through answers that no longer count', async ({ page }) => {
    await walker.press(walker.trail.first());
    await walker.choose('Não', 'Ficou com o cliente');
    await walker.expectNode('aguardar');
    await expect(notice(page)).toHaveText('O desfecho mudou de “Entregue o aparelho” para “Aguarde o cliente”. Respostas que ficaram fora do caminho: 3.');
    await expect(page.getByRole('status').first()).toHaveText(/O desfecho mudou/);
    const left = page.getByRole('navigation', { name: 'Respostas dadas' }).locator('del');
    await expect(left).toHaveText([/Anote os dados/, 'O que está com defeito? Tela', 'Ligou depois do conserto? Sim']);
    await expect(left.first()).toHaveCSS('text-decoration-line', 'line-through');
    await expect(walker.record).not.toContainText('Tela');
    await walker.press(walker.trail.first());
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    await expect(left).toHaveCount(0);
    await expect(walker.trail).toHaveCount(4);
    await expect(notice(page)).toHaveText('O desfecho mudou de “Aguarde o cliente” para “Entregue o aparelho”.');
  });

  test('shows that the outcome is the same, and the kept answers', async ({ page }) => {
    await walker.press(walker.trail.nth(2));
    await walker.choose('Botão');
    await walker.press(walker.next);
    await walker.expectNode('entregar');
    await expect(notice(page)).toHaveText('O desfecho continua o mesmo: Entregue o aparelho. Respostas mantidas adiante: 1.');
  });

  test('shows it too where a typed value decides', async ({ page }) => {
    await walker.press(walker.trail.nth(1));
    await walker.type('Valor do conserto', '900');
    await walker.press(walker.next);
    await walker.expectNode('chamar/ligar');
    await expect(notice(page)).toHaveText('O desfecho “Entregue o aparelho” deixou de valer; falta responder. Respostas mantidas adiante: 2.');
  });
});

test.describe('keys', () => {
  test('are listed with the question mark, and those of a single touch can be turned off', async ({ page }) => {
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Ajuda' });
    await expect(dialog.locator('dt')).toHaveCount(13);
    await dialog.getByLabel(/Desligar as teclas/).check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.keyboard.press('?');
    await walker.expectNode('balcao');
    await expect(dialog).toHaveCount(0);
    await page.reload();
    await walker.ready();
    await page.keyboard.press('1');
    await walker.expectNode('balcao');
    await page.getByRole('button', { name: 'Ajuda' }).click();
    await dialog.getByLabel(/Desligar as teclas/).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await walker.expectNode('dados');
  });

  test('do nothing behind an open dialog', async ({ page }) => {
    await page.getByRole('button', { name: 'Ajuda' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    await walker.expectNode('balcao');
  });
});

test('counts walks by their options alone, for the reader to save', async ({ page }) => {
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  await page.getByRole('button', { name: 'Recomeçar' }).click();
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.press(walker.trail.first());
  await walker.choose('Não', 'Ficou com o cliente');
  await page.getByRole('button', { name: 'Ajuda' }).click();
  await expect(page.getByRole('dialog')).toContainText('só por opção: 2.');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Salvar contagem' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('conserto.counts.json');
  expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toEqual({
    version: 1, flow: '/conserto/', walks: 2, nodes: { balcao: 2, aguardar: 2 }, options: { balcao: { nao: 2 } }, outcomes: { aguardar: 2 },
  });
});

test('dispatches events with ids alone', async ({ page }) => {
  await page.evaluate(() => {
    /** @type {unknown[]} */
    const events = [];
    for (const name of ['answer', 'outcome']) document.addEventListener(`vereda:${name}`, (event) => events.push([name, Reflect.get(event, 'detail')]));
    Object.assign(window, { events });
  });
  await walker.choose('Sim');
  await paste(page, BOX);
  await expect(notice(page)).toContainText('Preenchido');
  await page.getByLabel('Cor do aparelho').selectOption('preto');
  await walker.press(walker.next);
  await walker.press(walker.trail.first());
  await walker.choose('Não', 'Ficou com o cliente');
  await walker.expectNode('aguardar');
  expect(await page.evaluate(() => Reflect.get(window, 'events'))).toEqual([
    ['answer', { flow: 'conserto', node: 'balcao', option: 'sim' }],
    ['answer', { flow: 'conserto', node: 'dados', option: null }],
    ['answer', { flow: 'conserto', node: 'balcao', option: 'nao' }],
    ['outcome', { flow: 'conserto', node: 'aguardar', result: 'pending' }],
  ]);
});

test('shows the content alone inside another page, 320 px wide', async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 700, height: 700 });
  await page.goto('./');
  await page.evaluate((url) => {
    document.body.replaceChildren(Object.assign(document.createElement('iframe'), { src: url, width: 320, height: 600 }));
  }, `${baseURL}${PAGE}`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Recomeçar' })).toBeVisible();
  await expect(frame.getByRole('banner')).toBeHidden();
  await expect(frame.getByRole('contentinfo')).toBeHidden();
  await frame.getByRole('button', { name: /^Não/ }).click();
  await expect(frame.getByRole('heading', { level: 2, name: 'Aguarde o cliente' })).toBeVisible();
  expect(await frame.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  await walker.open(`${PAGE}?embed`);
  await expect(page.getByRole('banner')).toBeHidden();
});

/** @param {Page} page */
function notice(page) {
  return page.locator('.walk-notice');
}

/**
 * As Ctrl+V would.
 * @param {Page} page
 * @param {string} text
 */
async function paste(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}
