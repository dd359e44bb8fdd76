// @ts-check
/** Whatever a reader types, pastes or brings in an address is text: nothing of it runs, becomes markup or changes where a link leads. */

import { fixture } from './support/site.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

test.use({ root: fixture('walk'), permissions: ['clipboard-read', 'clipboard-write'] });

const PAGE = 'conserto/';
const PAYLOADS = [
  '<script>window.hit=1</script>',
  '<img src=x onerror=window.hit=1>',
  '<svg onload=window.hit=1>',
  '"><iframe srcdoc="<script>parent.hit=1</script>">',
  "' onfocus=window.hit=1 autofocus='",
  'javascript:window.hit=1',
  'JaVaScRiPt\t:window.hit=1',
  'data:text/html,<script>window.hit=1</script>',
  '//evil.example/x',
  'https://evil.example/',
  '{cnpj}{values.x}\\{',
  '${window.hit=1}',
  '</pre><b id=injected>x</b>',
  '&lt;b&gt;&#x3c;script>',
  '\u202Etxt.exe',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
];

/** @type {Walker} */
let walker;

test.beforeEach(async ({ page }) => {
  walker = new Walker(page);
  await walker.open(PAGE);
});

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined();
  expect(new URL(page.url()).hostname).toBe('127.0.0.1');
  await expect(page.locator('#injected, main iframe, main img:not(.flow-diagram *), main script:not([type="application/json"])')).toHaveCount(0);
});

test('in a field, through copies, links, the trail, the record and the name of the session', async ({ page }) => {
  test.setTimeout(120_000);
  for (const payload of PAYLOADS) {
    await walker.choose('Sim');
    for (const [label, text] of [['CNPJ do cliente', '11.222.333/0001-81'], ['ID de sessão', '777888999'], ['Valor do conserto', '100'], ['Nome do cliente', payload]]) await walker.type(label, text);
    await page.getByLabel('Cor do aparelho').selectOption('preto');
    await page.getByRole('textbox', { name: 'Nome do atendimento' }).fill(payload.slice(0, 40));
    await walker.press(walker.next);
    await walker.choose('Tela');
    await walker.press(walker.next);
    await walker.choose('Sim');
    await walker.expectNode('entregar');
    // Direction marks are invisible, so typed values lose them.
    const typed = payload.trim().replaceAll('\u202E', '');
    await expect(walker.node.locator('.copy-value').nth(1)).toHaveText(`Para ${typed}`);
    const href = await walker.node.getByRole('link', { name: 'Buscar o cliente' }).getAttribute('href');
    expect(new URL(href ?? '').origin).toBe('https://example.com');
    expect(new URL(href ?? '').searchParams.get('q')).toBe(typed);
    await expect(walker.record).toContainText(typed.replace(/\s+/g, ' '));
    await page.getByRole('button', { name: 'Recomeçar' }).click();
  }
});

test('in an address, as an answer, as what is filled in and as a path code', async ({ page }) => {
  test.setTimeout(120_000);
  for (const [at, payload] of PAYLOADS.filter(({ length }) => length < 200).entries()) {
    const written = encodeURIComponent(payload);
    const fragments = [payload, written, `balcao~balcao:${written}`, `?nome=${written}&sessao=${written}`, `?${written}=1`, `@${written}`, `@CON·${written}`];
    await page.goto('./');
    await page.goto(`${PAGE}#${fragments[at % fragments.length]}`);
    await walker.ready();
    for (const fragment of fragments) await page.evaluate((hash) => (location.hash = hash), fragment);
    await walker.ready();
  }
});

test('pasted anywhere, and in the dialog', async ({ page }) => {
  for (const payload of PAYLOADS) {
    for (const text of [payload, `Nome: ${payload}\nCNPJ: ${payload}\n`, `CON·${payload}`]) {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.keyboard.press('Control+V');
      if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Colar dados' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(`Nome: ${payload}\nsessão 777888999 e 555444333`);
    await page.getByRole('button', { name: 'Ler' }).click();
    await expect(page.getByRole('dialog').locator('select').first()).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('kept in the tab by somebody else', async ({ page }) => {
  for (const kept of ['{', 'null', '[]', '{"sessions":1}', '{"sessions":[null]}', '{"sessions":[{"id":"x"}],"wanted":{}}', '{"sessions":[{"id":"<b>","number":"<b id=injected>","state":{"answers":{"__proto__":"x"},"inputs":[]}}]}']) {
    await page.evaluate((text) => sessionStorage.setItem('vereda:/', text), kept);
    await page.reload();
    await walker.ready();
    await walker.expectNode('balcao');
  }
});
