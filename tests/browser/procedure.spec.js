// @ts-check
/** The procedure is on the site whole and letter for letter, can be copied from, and everything in it can be linked to. */

import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './support/site.js';
import { expect, test } from './support/test.js';

const PAGE = 'whatsapp/';
const SOURCE = join(repository, 'tests/fixtures/source');

/** Everything that an agent pastes, as it stands in the source. */
const EXACT = [
  '(11) 4003-0015',
  '3. Atendimento Whatsapp - Pendência no Cadastro do Cliente (oficial)',
  'Whats - Pendência no Cadastro',
  'Atendimento Whatsapp (Oficial)',
  '1. Atendimento Whatsapp Transferência N2(oficial)',
  'Posicionamento do ticket XXXX',
  'Distribuição >> Linha Winthor >> 99 > 007 >> Posicionamento de ticket',
  'Auditoria Whatsapp | Abandono do Cliente',
  'Auditoria Whatsapp | Abandono do analista',
  'Auditoria Whatsapp |Ticket não assumido',
  'Auditoria Whatsapp | Fora do horário',
  'Auditoria Whatsapp | Indisponibilidade do analista',
  'Auditoria Whatsapp | Título incorreto',
  '99>>007>>Abandono de chat',
  '99 >> 007 >> Z-Outros',
];

/** What other places link to. An id that is here may get a new neighbour, but never another name. */
const ANCHORS = [
  ...['receber-chat', 'pesquisar-cnpj', 'pendencia', 'informar-pendencia', 'encerrar-com-pendencia', 'conferir-ticket', 'prosseguir-no-live'],
  ...['transferir-chat', 'confirmar-transferencia', 'apoiar-cliente', 'copiar-historico', 'fechar-chat', 'finalizar-ticket', 'enviar-para-n2'],
  ...['principais-dúvidas', 'posicionamento', 'sem-organizacao', 'copiar-cnpj', 'pesquisar-organizacao', 'trocar-solicitante', 'manter-em-copia'],
  ...['notificacoes', 'auditoria', 'criar-visualizacao', 'copiar-sessao', 'abrir-chat', 'verificar-log', 'abrir-derivacao', 'verificar-chat'],
  ...['abandono-do-cliente', 'abandono-do-analista', 'ticket-nao-assumido', 'fora-do-horario', 'verificar-horario', 'indisponibilidade-do-analista'],
  ...['auditoria-sem-organizacao', 'titulo-incorreto', 'apoio'],
];

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('has every sentence of the source, in its order', async ({ page }) => {
      const text = await readPage(page);
      let from = 0;
      for (const sentence of await readSource()) {
        const at = text.indexOf(sentence, from);
        expect(at, `«${sentence}» after «${text.slice(Math.max(0, from - 60), from)}»`).toBeGreaterThanOrEqual(0);
        from = at + sentence.length;
      }
    });
  });
}

test('corrects the source only by the list of corrections', async () => {
  const text = collapse(await readFile(join(SOURCE, 'procedimento.txt'), 'utf8'));
  const corrections = await readCorrections();
  expect(corrections).toHaveLength(3);
  for (const { from } of corrections) expect(text).toContain(from);
});

test('numbers the steps as the source does', async ({ page }) => {
  await page.goto(PAGE);
  const numbers = await page.locator('.steps').first().evaluate((steps) =>
    [...steps.querySelectorAll(':scope > ol > li')].map((step, at) => ({
      number: at + (/** @type {HTMLOListElement} */ (step.parentElement).start ?? 1),
      nested: step.querySelectorAll(':scope > ol > li').length,
    })),
  );
  expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(numbers.filter(({ nested }) => nested > 0)).toEqual([{ number: 3, nested: 2 }]);
});

test('copies every macro, title, catalogue and telephone letter for letter', async ({ page }) => {
  const source = collapse(await readFile(join(SOURCE, 'procedimento.txt'), 'utf8'));
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Abrir todas' }).click();
  for (const exact of EXACT) {
    expect(source).toContain(exact);
    const copies = page.locator('.copy').filter({ has: page.locator('.copy-value').getByText(exact, { exact: true }) });
    expect(await copies.count(), exact).toBeGreaterThan(0);
    for (const copy of await copies.all()) {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await copy.getByRole('button').click();
      if ((await copy.locator('[data-input]:not([data-filled])').count()) > 0) {
        await page.getByRole('dialog').getByLabel('Número do ticket').fill('XXXX');
        await page.getByRole('dialog').getByRole('button', { name: 'Preencher' }).click();
        await copy.getByRole('button', { name: /^Copiar/ }).click();
      }
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(exact);
    }
  }
});

test('marks everywhere in the site what can be copied', async ({ page, site }) => {
  for (const address of site.pages) {
    await page.goto(address);
    await page.locator('[data-component="copy"]').evaluateAll((copies) => copies.forEach((copy) => copy.closest('details')?.setAttribute('open', '')));
    const copies = await page.locator('[data-component="copy"]').count();
    await expect(page.locator('[data-component="copy"] > button'), address).toHaveCount(copies);
  }
});

test('has the anchors that others link to, each id once', async ({ page, site }) => {
  await page.goto(PAGE);
  expect(await idsOf(page)).toEqual(expect.arrayContaining(ANCHORS));
  for (const address of site.pages) {
    await page.goto(address);
    const ids = await idsOf(page);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at), address).toEqual([]);
  }
});

test('links only to pages and anchors that are there', async ({ page, site }) => {
  /** @type {Map<string, string[]>} */
  const ids = new Map();
  /** @type {{from: string, to: URL}[]} */
  const links = [];
  for (const address of site.pages) {
    await page.goto(address);
    ids.set(new URL(page.url()).pathname, await idsOf(page));
    const found = await page.locator('a[href]').evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
    links.push(...found.map((to) => ({ from: address, to: new URL(to) })));
  }
  const inside = links.filter(({ to }) => to.origin === new URL(site.url).origin);
  expect(inside.length).toBeGreaterThan(100);
  const broken = inside.filter(({ to }) => {
    const id = decodeURIComponent(to.hash.slice(1));
    return id ? !ids.get(to.pathname)?.includes(id) : !ids.has(to.pathname) && !isFile(join(site.folder, to.pathname));
  });
  expect(broken.map(({ from, to }) => `${from} → ${to.pathname}${to.hash}`)).toEqual([]);
});

test.describe('sections', () => {
  for (const id of ['posicionamento', 'auditoria', 'abandono-do-cliente', 'verificar-horario', 'copiar-cnpj']) {
    test(`opens by the anchor ${id}, with all around it`, async ({ page }) => {
      await page.goto(`${PAGE}#${id}`);
      const target = page.locator(`[id="${id}"]`);
      await expect(target).toBeInViewport();
      const closed = target.locator('xpath=ancestor-or-self::details[not(@open)]');
      await expect(closed).toHaveCount(0);
      expect(await page.locator('main details:not([open])').count()).toBeGreaterThan(0);
    });
  }

  test('opens by a link of the page, each time it is followed', async ({ page }) => {
    await page.goto(PAGE);
    const section = page.locator('#notificacoes');
    const link = page.getByRole('link', { name: 'configurar as notificações do Live' });
    for (const _ of [1, 2]) {
      await link.click();
      await expect(section).toHaveAttribute('open', '');
      await section.locator('summary').click();
      await expect(section).not.toHaveAttribute('open');
    }
  });

  test('opens where the browser finds a text inside', async ({ page }) => {
    await page.goto('./');
    await page.goto(`${PAGE}#:~:text=${encodeURIComponent('Cole o print do chat abandonado')}`);
    const found = page.getByText('Cole o print do chat abandonado');
    await expect(found).toBeVisible();
    await expect(found).toBeInViewport();
    await expect(page.locator('#abandono-do-cliente')).not.toHaveAttribute('open');
  });

  test('opens all and closes all', async ({ page }) => {
    await page.goto(PAGE);
    const sections = page.locator('main details');
    const count = await sections.count();
    expect(count).toBe(11);
    await expect(page.locator('main details[open]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Abrir todas' }).click();
    await expect(page.locator('main details[open]')).toHaveCount(count);
    await page.getByRole('button', { name: 'Fechar todas' }).click();
    await expect(page.locator('main details[open]')).toHaveCount(0);
  });

  test('opens and closes with the keyboard', async ({ page }) => {
    await page.goto(PAGE);
    const section = page.locator('#posicionamento');
    await section.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(section).toHaveAttribute('open', '');
    await page.keyboard.press('Space');
    await expect(section).not.toHaveAttribute('open');
  });
});

/**
 * The text of the page as it is read, with every section open and without the words of buttons.
 * @param {import('@playwright/test').Page} page
 */
async function readPage(page) {
  await page.goto(PAGE);
  const text = await page.locator('main').evaluate((main) => {
    for (const section of main.querySelectorAll('details')) section.open = true;
    for (const button of main.querySelectorAll('button')) button.remove();
    return /** @type {HTMLElement} */ (main).innerText;
  });
  return collapse(text);
}

/** The sentences of the source, corrected, without the numbers and bullets that a browser draws. */
async function readSource() {
  const corrections = await readCorrections();
  const lines = (await readFile(join(SOURCE, 'procedimento.txt'), 'utf8')).split('\n').map(collapse);
  const sentences = lines.map((line) => line.replace(/^(?:•|\d+(?:\.\d+)*\.) /, '')).filter(Boolean);
  expect(sentences.length).toBeGreaterThan(60);
  return sentences.map((sentence) => corrections.reduce((text, { from, to }) => text.replace(from, to), sentence));
}

/** @returns {Promise<{from: string, to: string}[]>} */
async function readCorrections() {
  const yaml = await readFile(join(SOURCE, 'correcoes.yaml'), 'utf8');
  return [...yaml.matchAll(/- de: "(.*)"\n\s+para: "(.*)"/g)].map(([, from, to]) => ({ from, to }));
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** @param {string} text */
function collapse(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/** @param {import('@playwright/test').Page} page */
function idsOf(page) {
  return page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
}
