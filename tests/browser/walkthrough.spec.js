// @ts-check
/** What the walkthrough does with answers, texts and addresses, on a small site that has every kind of node and input. */

import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

test.use({ root: fixture('walk'), permissions: ['clipboard-read', 'clipboard-write'] });

const PAGE = 'conserto/';
const CNPJ = '11.222.333/0001-81'; // not the example
const FIELDS = { cnpj: 'CNPJ do cliente', sessao: 'ID de sessão', valor: 'Valor do conserto', prazo: 'Prazo de entrega', nome: 'Nome do cliente', cor: 'Cor do aparelho' };

/** @typedef {keyof typeof FIELDS} Field */

/** @type {Walker} */
let walker;

test.beforeEach(async ({ page }) => {
  walker = new Walker(page);
  await walker.open(PAGE);
});

test.describe('answers', () => {
  test('opens at the first node and leaves the focus where it was', async ({ page }) => {
    await walker.expectNode('balcao');
    await expect(page.locator('body')).toBeFocused();
    await expect(walker.trail).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Voltar' })).toBeDisabled();
  });

  test('keeps later answers when an earlier one changes and stays on their path', async () => {
    await walkTo('teste');
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    await walker.press(walker.trail.filter({ hasText: 'O que está com defeito?' }));
    await walker.expectNode('defeitos');
    await walker.choose('Botão');
    await walker.press(walker.next);
    await walker.expectNode('entregar');
    await expect(walker.trail).toContainText(['Sim', '', 'Tela, Botão', 'Sim']);
  });

  test('keeps the answers of a path that was left, for when it is taken again', async () => {
    await walkTo('teste');
    await walker.choose('Sim');
    await walker.press(walker.trail.first());
    await walker.choose('Não', 'Ficou com o cliente');
    await walker.expectNode('aguardar');
    await expect(walker.trail).toHaveCount(1);
    await walker.press(walker.trail.first());
    await expect(walker.option('Não', 'Ficou com o cliente')).toHaveAttribute('aria-current', 'true');
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    await expect(walker.trail).toHaveCount(4);
  });

  test('leaves the answers of an abandoned branch out of the record', async () => {
    await walkTo('teste', { valor: '850,00' });
    await walker.choose('Sim');
    await walker.expectNode('chamar/ligar');
    await walker.choose('Sim');
    await walker.press(walker.next);
    await walker.expectNode('entregar');
    await expect(walker.record).toContainText('O cliente atendeu? Sim');
    await walker.press(walker.trail.nth(1));
    await walker.type(FIELDS.valor, '100');
    await walker.press(walker.next);
    await walker.expectNode('defeitos');
    await walker.press(walker.next);
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    await expect(walker.record).not.toContainText('O cliente atendeu?');
    await expect(walker.trail).toHaveCount(4);
  });

  test('goes back one screen at a time', async ({ page }) => {
    const back = page.getByRole('button', { name: 'Voltar' });
    await walkTo('teste');
    for (const key of ['defeitos', 'dados', 'balcao']) {
      await back.click();
      await walker.expectNode(key);
      await expect(walker.heading).toBeFocused();
    }
    await expect(back).toBeDisabled();
  });

  test('starts again without the answers before', async ({ page }) => {
    await walkTo('defeitos');
    await page.getByRole('button', { name: 'Recomeçar' }).click();
    await walker.expectNode('balcao');
    await expect(walker.heading).toBeFocused();
    await expect(page).toHaveURL(/conserto\/$/);
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(CNPJ);
    await page.goBack();
    await page.goForward();
    await walker.choose('Sim');
    await expect(walker.field(FIELDS.cnpj)).toHaveValue('');
  });

  test('takes several options of a question that allows it', async ({ page }) => {
    await walkTo('defeitos');
    await walker.press(walker.next);
    await expect(walker.node.getByRole('alert').filter({ hasText: 'Escolha ao menos uma opção.' })).toBeVisible();
    await walker.choose('Tela');
    await page.keyboard.press('3');
    await walker.choose('Bateria');
    await page.keyboard.press('2');
    await expect(walker.option('Tela')).toHaveAttribute('aria-pressed', 'true');
    await expect(walker.option('Bateria')).toHaveAttribute('aria-pressed', 'false');
    await expect(walker.option('Botão')).toHaveAttribute('aria-pressed', 'true');
    await walker.press(walker.next);
    await walker.expectNode('teste');
    await expect(walker.trail.last()).toContainText('Tela, Botão');
    await expect(page).toHaveURL(/#teste~balcao:sim~dados~defeitos:tela,botao$/);
  });

  test('asks again where a loop closes', async () => {
    await walkTo('teste');
    await walker.choose('Não');
    await walker.expectNode('trocar');
    await walker.press(walker.next);
    await walker.expectNode('teste');
    await expect(walker.node.locator('.walk-options [aria-current]')).toHaveCount(0);
    await walker.choose('Sim');
    await walker.expectNode('entregar');
  });

  test('walks through a called flow and comes back', async ({ page }) => {
    await walkTo('teste', { valor: '850,00' });
    await walker.choose('Sim');
    await walker.expectNode('chamar/ligar');
    await expect(walker.node.getByRole('link', { name: 'Abrir em Avisar o cliente' })).toHaveAttribute('href', /\/aviso\/#ligar$/);
    await walker.choose('Sim');
    await walker.expectNode('chamar/recado');
    await expect(walker.field(FIELDS.sessao)).toHaveValue('215531931');
    await walker.node.getByRole('button', { name: /Copiar/ }).click();
    await expect.poll(() => walker.copied()).toBe('Sessão 215531931 pronta');
    await walker.press(walker.next);
    await walker.expectNode('entregar');
    await expect(walker.trail).toContainText(['', '', '', '', 'O cliente atendeu?', 'Dê o recado']);
    await expect(page).toHaveURL(/#entregar~balcao:sim~dados~defeitos:tela~teste:sim~chamar\/ligar:sim~chamar\/recado$/);
  });

  test('shows the text of a node of a called flow', async () => {
    await walkTo('teste', { valor: '850,00' });
    await walker.choose('Sim');
    await walker.expectNode('chamar/ligar');
    await expect(walker.node).toContainText('Ligue para o cliente da sessão.');
  });

  test('writes the record with answers, inputs and copies', async () => {
    await walkTo('teste', { nome: 'Ana Luz' });
    await walker.choose('Sim');
    const record = [
      'Consertar um aparelho: Entregue o aparelho (Entregue)',
      'O aparelho está no balcão? Sim',
      'Anote os dados',
      'O que está com defeito? Tela',
      'Ligou depois do conserto? Sim',
      `CNPJ do cliente: ${CNPJ}`,
      'ID de sessão: 215531931',
      'Valor do conserto: 100',
      'Nome do cliente: Ana Luz',
      'Cor do aparelho: Preto',
      'Entrega 215531931 (R$ 100,00)',
      'Para Ana Luz',
    ].join('\n');
    await expect.poll(async () => (await walker.record.innerText()).replaceAll('\u00a0', ' ')).toBe(record);
    await walker.page.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }).click();
    await expect.poll(async () => (await walker.copied()).replaceAll('\u00a0', ' ')).toBe(record);
  });

  test('shows the whole document on demand, and the screen again', async ({ page }) => {
    await walkTo('defeitos');
    const whole = page.getByRole('button', { name: 'Documento inteiro' });
    await whole.click();
    await expect(walker.node).toHaveCount(9);
    await expect(page.getByRole('link', { name: /Sim.*vá ao 2/ })).toBeVisible();
    await whole.click();
    await walker.expectNode('defeitos');
    await expect(walker.option('Tela')).toBeVisible();
  });
});

test.describe('keys', () => {
  test('takes the number keys where nothing is being typed', async ({ page }) => {
    await page.keyboard.press('Control+1');
    await page.keyboard.press('9');
    await walker.expectNode('balcao');
    await page.keyboard.press('1');
    await walker.expectNode('dados');
    await walker.field(FIELDS.sessao).pressSequentially('215531931');
    await expect(walker.field(FIELDS.sessao)).toHaveValue('215531931');
    await walker.expectNode('dados');
  });

  test('focuses the heading of each screen once, and announces nothing else', async ({ page }) => {
    await page.evaluate(() => {
      /** @type {string[]} */
      const spoken = [];
      document.addEventListener('focusin', ({ target }) => {
        if (target instanceof HTMLHeadingElement) spoken.push(`heading: ${target.closest('[data-node]')?.getAttribute('data-node')}`);
      });
      const live = document.querySelectorAll('[role="status"], [role="alert"], [aria-live]');
      for (const region of live) {
        new MutationObserver(() => region.textContent && spoken.push(`live: ${region.textContent}`)).observe(region, { childList: true, subtree: true, characterData: true });
      }
      Object.assign(window, { spoken });
    });
    await walkTo('teste');
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    expect(await page.evaluate(() => Reflect.get(window, 'spoken'))).toEqual(['dados', 'defeitos', 'teste', 'entregar'].map((key) => `heading: ${key}`));
  });

  test('announces to screen readers that a text was copied', async ({ page }) => {
    await walkTo('teste');
    await walker.choose('Sim');
    await walker.node.getByRole('button', { name: /Copiar Entrega/ }).click();
    await expect(page.getByRole('status')).toHaveText('Copiado');
    await expect(walker.node.getByRole('button', { name: /^Copiado Entrega/ })).toBeFocused();
  });
});

test.describe('inputs', () => {
  test.beforeEach(async () => {
    await walker.choose('Sim');
    await walker.expectNode('dados');
  });

  test('reports missing inputs and focuses the first', async () => {
    await walker.press(walker.next);
    await walker.expectNode('dados');
    await expect(walker.field(FIELDS.cnpj)).toBeFocused();
    await expect(walker.field(FIELDS.cnpj)).toHaveAccessibleDescription(/Preencha o campo CNPJ do cliente\./);
    await expect(walker.field(FIELDS.cor)).toHaveAccessibleDescription(/Escolha uma opção em Cor do aparelho\./);
    for (const label of [FIELDS.prazo, FIELDS.nome]) await expect(walker.field(label)).toHaveAttribute('aria-invalid', 'false');
  });

  for (const [name, text, message] of [
    ['cnpj', '12.345.678/0001-96', 'Os dígitos verificadores deste CNPJ não conferem.'],
    ['cnpj', '12.ABC.345/01DE-36', 'Os dígitos verificadores deste CNPJ não conferem.'],
    ['cnpj', '12.345.678', 'O CNPJ tem 14 caracteres, com ou sem pontuação.'],
    ['sessao', '12 34', 'Cole só os números.'],
    ['valor', '9,99', 'O menor valor aceito é R$ 10,00.'],
    ['valor', '9.000,01', 'O maior valor aceito é R$ 9.000,00.'],
    ['valor', 'dez', 'Digite um valor, como 1.234,56.'],
    ['prazo', '31/02/2026', 'Digite uma data que exista, como 13/10/2026.'],
  ]) {
    test(`refuses ${text} as ${name}, with the reason, until it is corrected`, async () => {
      await fillForm({ [name]: text });
      const field = walker.field(FIELDS[/** @type {Field} */ (name)]);
      await walker.press(walker.next);
      await walker.expectNode('dados');
      await expect(field).toBeFocused();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      expect((await described(field)).replaceAll('\u00a0', ' ')).toContain(message);
      await fillForm({});
      await expect(field).toHaveAttribute('aria-invalid', 'false');
      await walker.press(walker.next);
      await walker.expectNode('defeitos');
    });
  }

  for (const [text, written] of [
    ['12.345.678/0001-95', '12.345.678/0001-95'],
    ['12345678000195', '12.345.678/0001-95'],
    ['12.ABC.345/01DE-35', '12.ABC.345/01DE-35'],
    ['12abc34501de35', '12.ABC.345/01DE-35'],
    [' 12.345.678/0001-95 ', '12.345.678/0001-95'],
  ]) {
    test(`takes ${JSON.stringify(text)} for a CNPJ, in the usual notation once the field is left`, async () => {
      await fillForm({ cnpj: text });
      await walker.press(walker.next);
      await walker.expectNode('defeitos');
      await expect(walker.trail.nth(1)).toContainText(written);
    });
  }

  test('never takes what is typed for markup, for a template or for another address', async ({ page }) => {
    const evil = '<img src=x onerror=alert(1)> {cnpj} &q=1#a';
    await fillForm({ nome: evil });
    await walker.press(walker.next);
    await walker.choose('Tela');
    await walker.press(walker.next);
    await walker.choose('Sim');
    await expect(walker.node.locator('.copy-value').nth(1)).toHaveText(`Para ${evil}`);
    await expect(walker.node.locator('img')).toHaveCount(0);
    const href = await walker.node.getByRole('link', { name: 'Buscar o cliente' }).getAttribute('href');
    expect([...new URL(href ?? '').searchParams]).toEqual([['q', evil]]);
    await expect(page.getByRole('navigation', { name: 'Respostas dadas' }).locator('img')).toHaveCount(0);
  });

  test('fills in text, links and copies while the reader types', async () => {
    await expect(walker.node.locator('.placeholder:visible')).toHaveText(['215531931']);
    await expect(walker.node.locator('[data-filled]')).toHaveCount(0);
    await fillForm({ sessao: '777777777' });
    await expect(walker.node.locator('.prose [data-filled]')).toHaveText('777777777');
  });

  test('opens a link of the flow in an independent tab', async ({ page }) => {
    await fillForm({});
    await walker.press(walker.next);
    await walker.choose('Tela');
    await walker.press(walker.next);
    await walker.choose('Sim');
    const link = walker.node.getByRole('link', { name: 'Abrir a sessão' });
    await expect(link).toHaveAttribute('href', 'https://example.com/sessao/215531931');
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', /noopener/);
  });
});

test.describe('addresses', () => {
  test('goes back and forth with the browser', async ({ page }) => {
    await walkTo('teste');
    for (const key of ['defeitos', 'dados', 'balcao']) {
      await page.goBack();
      await walker.expectNode(key);
    }
    await page.goForward();
    await walker.expectNode('dados');
    await expect(walker.field(FIELDS.cnpj)).toHaveValue(CNPJ);
    await page.goForward();
    await walker.expectNode('defeitos');
    await expect(walker.option('Tela')).toHaveAttribute('aria-pressed', 'true');
  });

  test('keeps the screen, the answers and the inputs when the page is reloaded', async ({ page }) => {
    await walkTo('teste');
    await page.reload();
    await walker.ready();
    await walker.expectNode('teste');
    await expect(walker.trail).toHaveCount(3);
    await walker.press(walker.trail.nth(1));
    await expect(walker.field(FIELDS.cnpj)).toHaveValue(CNPJ);
  });

  test('keeps what was typed when the reader comes back from another page', async ({ page }) => {
    await walkTo('teste');
    await page.goto('./');
    await page.goBack();
    await walker.ready();
    await walker.expectNode('teste');
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    await expect(walker.record).toContainText(CNPJ);
  });

  test('shows nothing of one customer to the next', async ({ page, context }) => {
    await walkTo('teste');
    await expect(page).toHaveURL(/#teste~/);
    const address = page.url();
    const copied = context.waitForEvent('page');
    await page.evaluate((url) => void window.open(url), address);
    const tab = await copied;
    await new Walker(tab).ready();
    await expect(tab.locator('[data-node]:visible').getByLabel(FIELDS.cnpj)).toHaveValue('');
    await expect(tab.locator('body')).not.toContainText(CNPJ, { useInnerText: true });
    await page.goto('./');
    await walker.open(PAGE);
    await walker.choose('Sim');
    await expect(walker.field(FIELDS.cnpj)).toHaveValue('');
  });

  for (const [address, key] of [
    ['#entregar', 'entregar'],
    ['#esperar', 'aguardar'],
    ['#aguardar~balcao:nao', 'aguardar'],
    ['#balcao~balcao:nao', 'balcao'],
    ['#dados~balcao:sim', 'dados'],
    ['#dados~balcao:talvez~nada:sim', 'dados'],
    ['#teste~balcao:sim~dados~defeitos:tela', 'dados'],
    ['#chamar/ligar', 'chamar/ligar'],
    ['#nada', 'balcao'],
    ['#%E0%A4%A', 'balcao'],
    ['#__proto__~constructor:sim', 'balcao'],
  ]) {
    test(`opens ${address} at ${key}`, async ({ page }) => {
      await page.goto('./');
      await walker.open(PAGE + address);
      await walker.expectNode(key);
    });
  }

  test('follows a change of the fragment alone', async ({ page }) => {
    await page.evaluate(() => (location.hash = '#aguardar~balcao:nao'));
    await walker.expectNode('aguardar');
    await expect(walker.trail).toHaveText(/O aparelho está no balcão\? Não/);
  });
});

/**
 * From the first screen to another, with an answer to everything.
 * @param {'dados' | 'defeitos' | 'teste'} key
 * @param {Partial<Record<Field, string>>} [texts]
 */
async function walkTo(key, texts) {
  await walker.choose('Sim');
  if (key !== 'dados') {
    await fillForm(texts ?? {});
    await walker.press(walker.next);
  }
  if (key === 'teste') {
    await walker.choose('Tela');
    await walker.press(walker.next);
  }
  await walker.expectNode(key);
}

/** @param {Partial<Record<Field, string>>} texts */
async function fillForm(texts) {
  await walker.expectNode('dados');
  const all = { cnpj: CNPJ, sessao: '215531931', valor: '100', prazo: '', nome: '', ...texts };
  for (const [name, text] of Object.entries(all)) await walker.field(FIELDS[/** @type {Field} */ (name)]).fill(text);
  await walker.field(FIELDS.cor).selectOption('preto');
}

/** @param {import('@playwright/test').Locator} field */
function described(field) {
  return field.evaluate((each) => {
    const ids = each.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  });
}
