// @ts-check
/** Every flow of this site, walked to every outcome, with the mouse and with the keyboard alone. */

import { fillTemplate, findPaths, writeRecord } from './support/flow.js';
import { expect, test } from './support/test.js';
import { Walker } from './support/walker.js';

/** @import { Path } from './support/flow.js' */
/** @import { Device } from './support/walker.js' */
/** @import { Flow } from '../../themes/orange/js/logic/types.js' */

/** What must be found, so that an outcome that gets lost is missed; one that is added is walked without being named here. */
const OUTCOMES = {
  'whatsapp/atendimento/': ['apoio', 'encerrar-com-pendencia', 'enviar-para-n2', 'finalizar-ticket', 'transferido-para-agente', 'transferido-para-grupo'],
  'whatsapp/auditoria/': [
    'abandono-do-analista',
    'abandono-do-cliente',
    'apoio',
    'fora-do-horario',
    'sem-derivacao',
    'ticket-nao-assumido',
    'titulo-incorreto',
  ],
  'whatsapp/posicionamento/': ['apoio', 'registrar'],
  'whatsapp/sem-organizacao/': ['apoio', 'organizacao-corrigida'],
};

const RESULTS = {
  resolved: 'Resolvido',
  pending: 'Pendente',
  open: 'Aberto',
  escalated: 'Escalado',
  transferred: 'Transferido',
  not_applicable: 'Não se aplica',
};

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('finds every flow and every outcome', ({ site }) => {
  expect([...site.flows.keys()]).toEqual(expect.arrayContaining(Object.keys(OUTCOMES)));
  for (const [address, outcomes] of Object.entries(OUTCOMES)) {
    expect(findPaths(flowOf(site, address)).map(({ outcome }) => outcome), address).toEqual(expect.arrayContaining(outcomes));
  }
});

test('finds a path to every outcome of a flow', ({ site }) => {
  for (const [address, flow] of site.flows) {
    const all = Object.keys(flow.nodes).filter((id) => flow.nodes[id].kind === 'outcome').sort();
    expect(findPaths(flow).map(({ outcome }) => outcome), address).toEqual(all);
  }
});

for (const device of /** @type {Device[]} */ (['mouse', 'keyboard', 'number keys'])) {
  for (const address of Object.keys(OUTCOMES)) {
    test(`walks ${address} to every outcome with the ${device}`, async ({ page, site }) => {
      test.setTimeout(180_000);
      const flow = flowOf(site, address);
      for (const path of findPaths(flow)) {
        await test.step(path.outcome, () => walkTo(new Walker(page, device), address, flow, path));
      }
    });
  }
}

test('walks the flows that were added since', async ({ page, site }) => {
  test.setTimeout(180_000);
  for (const [address, flow] of [...site.flows].filter(([each]) => !(each in OUTCOMES))) {
    for (const path of findPaths(flow)) await walkTo(new Walker(page), address, flow, path);
  }
});

test('leaves nothing typed in the address, in a request or in a storage that outlives the tab', async ({ page, site }) => {
  /** @type {string[]} */
  const seen = [];
  page.on('request', (request) => seen.push(request.url() + (request.postData() ?? '')));
  for (const [address, flow] of site.flows) {
    for (const path of findPaths(flow)) {
      const walker = new Walker(page);
      await walker.open(address);
      for (const stop of path.stops) {
        await walker.leave(stop);
        seen.push(page.url(), await keptForLong(page));
      }
      await walker.expectNode(path.outcome);
      seen.push(page.url(), await keptForLong(page));
      const typed = Object.values(path.inputs).filter((text) => text !== 'XXXX').flatMap((text) => [text, encodeURIComponent(text), text.replace(/\W/g, '')]);
      expect(seen.filter((each) => typed.some((text) => each.includes(text)))).toEqual([]);
    }
  }
});

test('fills the link to the chat with the session id, typed once', async ({ page, site }) => {
  const flow = flowOf(site, 'whatsapp/auditoria/');
  const path = findPaths(flow).find(({ outcome }) => outcome === 'sem-derivacao');
  const walker = new Walker(page);
  await walker.open('whatsapp/auditoria/');
  for (const stop of path?.stops ?? []) {
    const typed = { ...stop, fill: stop.fill.map((each) => (each.name === 'sessao' ? { ...each, text: ' 987654321 ' } : each)) };
    if (stop.key === 'abrir-chat') await checkLinks();
    await walker.leave(typed);
  }
  await walker.expectNode('sem-derivacao');

  async function checkLinks() {
    const node = page.locator('#abrir-chat');
    const links = node.getByRole('link', { name: /chat/ });
    await expect(links).toHaveCount(2);
    for (const link of await links.all()) await expect(link).toHaveAttribute('href', 'https://my.aivo.co/analytics/chat/987654321');
    await expect(node.getByRole('link', { name: 'https://my.aivo.co/analytics/chat/987654321' })).toBeVisible();
  }
});

/**
 * @param {Walker} walker
 * @param {string} address
 * @param {Flow} flow
 * @param {Path} path
 */
async function walkTo(walker, address, flow, path) {
  await walker.open(address);
  for (const stop of path.stops) await walker.leave(stop);
  await walker.expectNode(path.outcome);
  await expect(walker.heading).toBeFocused();
  await expect(walker.heading).toContainText(fillTemplate(path.node.title ?? '', path.inputs));
  await expect(walker.node.locator('.outcome')).toContainText(RESULTS[/** @type {keyof typeof RESULTS} */ (path.node.result)]);
  if (path.node.status) await expect(walker.node.locator('.outcome')).toContainText(`Ticket: ${path.node.status}`);
  await expect(walker.trail).toHaveCount(path.stops.length);
  for (const [at, { title, option, fill }] of path.stops.entries()) {
    await expect(walker.trail.nth(at)).toContainText(title);
    await expect(walker.trail.nth(at)).toContainText(option?.label ?? fill[0]?.text ?? 'Feito');
  }
  await copiesAll(walker, flow, path);
}

/**
 * What the buttons put in the clipboard, letter for letter.
 * @param {Walker} walker
 * @param {Flow} flow
 * @param {Path} path
 */
async function copiesAll(walker, flow, path) {
  for (const { label, text } of path.node.copy) {
    const copy = walker.node.locator('.node-copies > div', { has: walker.page.getByText(label ?? '', { exact: true }) });
    await walker.press(copy.getByRole('button'));
    await expect.poll(() => walker.copied()).toBe(fillTemplate(text, path.inputs));
  }
  const record = writeRecord(flow, path);
  await expect(walker.record).toBeVisible();
  const shown = await walker.record.innerText();
  const [lines, last] = [shown.split('\n').slice(0, -1), shown.split('\n').at(-1)];
  expect(lines.join('\n')).toBe(record);
  expect(last).toMatch(/^\d\d\/\d\d\/\d{4}, \d\d:\d\d · Código do caminho: [A-Z]{3}[·a-z0-9.+]*$/);
  await walker.press(walker.page.locator('.walk-record').getByRole('button', { name: 'Copiar', exact: true }));
  await expect.poll(() => walker.copied()).toBe(shown);
}

/**
 * @param {{flows: Map<string, Flow>}} site
 * @param {string} address
 */
function flowOf({ flows }, address) {
  const flow = flows.get(address);
  if (!flow) throw new Error(`${address} is not published.`);
  return flow;
}

/** @param {import('@playwright/test').Page} page */
function keptForLong(page) {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify({ ...localStorage }) + document.cookie + JSON.stringify(databases) + document.title;
  });
}
