// @ts-check
/** The published site without a network: after one visit it opens, always whole and of one version, and a new version waits until the reader wants it. */

import { expect, test as base } from '@playwright/test';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hosted } from './support/hosted.js';
import { Preview } from './support/preview.js';
import { Walker } from './support/walker.js';

/** @import { Page } from '@playwright/test' */

const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{basePath: string, site: Hosted}, {}, import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions>} */
  ({
    basePath: ['/', { option: true }],
    site: async ({ basePath }, use) => {
      const site = await Hosted.of('walk', basePath);
      await use(site);
      await site.remove();
    },
    baseURL: async ({ site }, use) => use(site.url),
  }),
);

test.use({ serviceWorkers: 'allow' });

/** @param {Page} page */
const version = (page) => page.locator('.footer div', { hasText: 'Versão' }).locator('dd');
/** @param {Page} page */
const offer = (page) => page.getByRole('complementary', { name: 'Atualizar' });

/**
 * A first visit, until the site is kept.
 * @param {Page} page
 */
async function visit(page, address = '') {
  await page.goto(address);
  await expect(version(page)).toHaveText(/^[0-9a-f]{8}$/);
}

/**
 * As when the reader comes back, or the hour is over.
 * @param {Page} page
 */
async function lookForNew(page) {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready).update());
}

/**
 * How many caches and workers this address has.
 * @param {Page} page
 */
function left(page) {
  return page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]);
}

for (const path of ['/', '/docs/']) {
  test.describe(`hosted under ${path}`, () => {
    test.use({ basePath: path });

    test('opens every page without a network, after a visit to one', async ({ page, context, site }) => {
      await visit(page, 'garantia/');
      await context.setOffline(true);
      for (const [address, title] of Object.entries({ '': 'Oficina', 'index.html': 'Oficina', 'garantia/': 'Garantia', 'garantia/index.html': 'Garantia', 'garantia/?de=zendesk': 'Garantia', garantia: 'Garantia', 'aviso/': 'Avisar o cliente' })) {
        expect((await page.goto(site.url + address))?.status(), address).toBe(200);
        await expect(page.getByRole('heading', { level: 1 }), address).toHaveText(title);
        await expect(page.locator('main'), address).toHaveCSS('padding-left', '10px');
      }
      await page.goto(`${site.url}garantias/antigas/`);
      await expect(page).toHaveURL(`${site.url}garantia/`);
    });

    test('walks a flow and draws it without a network', async ({ page, context, site }) => {
      await visit(page);
      await context.setOffline(true);
      const walker = new Walker(page);
      await walker.open(`${site.url}conserto/`);
      await walker.choose('Não', 'Ficou com o cliente');
      await walker.expectNode('aguardar');
      await page.getByText('Diagrama', { exact: true }).click();
      await expect(page.locator('.flow-diagram svg .diagram-node').first()).toBeVisible();
    });

    test('shows the page of lost addresses without a network', async ({ page, context, site }) => {
      await visit(page);
      await context.setOffline(true);
      expect((await page.goto(`${site.url}nada/aqui/`))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Página não encontrada');
      await page.getByRole('link', { name: 'Ir para a página inicial' }).click();
      await expect(page).toHaveURL(site.url);
    });
  });
}

test('shows one version until the reader wants the new one', async ({ page, site }) => {
  await visit(page);
  const before = await version(page).textContent();
  await site.change('content/index.md', 'Confira o orçamento', 'Reveja o orçamento');
  await site.publish();
  await lookForNew(page);
  await expect(offer(page)).toContainText('Há uma nova versão do site.');
  await page.reload();
  await expect(page.getByRole('main')).toContainText('Confira o orçamento');
  await expect(version(page)).toHaveText(before ?? '');
  await offer(page).getByRole('button', { name: 'Atualizar' }).click();
  await expect(page.getByRole('main')).toContainText('Reveja o orçamento');
  await expect(version(page)).not.toHaveText(before ?? '');
  await expect(offer(page)).toHaveCount(0);
});

test('continues an open walk in the new version', async ({ page, site }) => {
  await visit(page, 'conserto/');
  const walker = new Walker(page);
  await walker.ready();
  await walker.choose('Sim');
  await walker.expectNode('dados');
  await site.change('content/conserto.flow.yaml', 'Anote os dados', 'Anote tudo');
  await site.publish();
  await lookForNew(page);
  await expect(offer(page)).toBeVisible();
  await walker.expectNode('dados');
  await expect(walker.heading).toContainText('Anote os dados');
  await offer(page).getByRole('button').click();
  await walker.ready();
  await walker.expectNode('dados');
  await expect(walker.heading).toContainText('Anote tudo');
  await expect(walker.trail).toHaveCount(1);
});

test('a page that stays open in another tab keeps its scripts, and is offered the new version', async ({ page, context, site }) => {
  await visit(page, 'conserto/');
  const other = await context.newPage();
  await visit(other);
  // The new version has other scripts under other names, and the host has lost the old ones.
  await site.change('content/index.md', 'Confira', 'Reveja');
  await site.write('themes/orange/js/components/diagram.js', `${await readFile(join(import.meta.dirname, '../../themes/orange/js/components/diagram.js'), 'utf8')}\nconsole.info('new');\n`);
  await site.publish();
  await lookForNew(other);
  await offer(other).getByRole('button').click();
  await expect(other.getByRole('main')).toContainText('Reveja');
  await expect(offer(page)).toBeVisible();
  await page.getByText('Diagrama', { exact: true }).click();
  await expect(page.locator('.flow-diagram svg .diagram-node').first()).toBeVisible();
  await offer(page).getByRole('button').click();
  await expect(version(page)).toHaveText((await version(other).textContent()) ?? '');
});

test('caches nothing of a host that is being updated', async ({ page, site }) => {
  const home = join(site.folder, 'index.html');
  const whole = await readFile(home, 'utf8');
  await appendFile(home, '<!-- of another version -->');
  await page.goto('');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = registration?.installing;
    await new Promise((done) => (worker && worker.state !== 'redundant' ? worker.addEventListener('statechange', done) : done(null)));
  });
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
  await expect(version(page)).toHaveCount(0);
  await writeFile(home, whole);
  await expect(async () => {
    await page.reload();
    await expect(version(page)).toBeVisible({ timeout: 3000 });
  }).toPass();
});

test('works where nothing can be stored', async ({ page, site }) => {
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1000 });
  await page.goto('', { waitUntil: 'networkidle' });
  await page.goto('garantia/', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Garantia');
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
  expect(faults).toEqual([]);
});

test('keeps images, but not one that is too large', async ({ page, context, site }) => {
  await site.write('content/pequena.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>');
  await site.write('content/grande.svg', `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><!--${'x'.repeat(2_100_000)}--></svg>`);
  await site.change('content/index.md', 'Pedido da', '![a](pequena.svg) ![b](grande.svg) Pedido da');
  await site.publish();
  await visit(page);
  await context.setOffline(true);
  await page.reload();
  const width = (/** @type {string} */ name) => page.getByRole('img', { name }).evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth);
  expect([await width('a'), await width('b')]).toEqual([7, 0]);
});

test('is removed with its caches when it is turned off', async ({ page, site }) => {
  await visit(page);
  await site.change('vereda.yaml', 'theme: orange', 'theme: orange\noffline: false');
  await site.change('content/index.md', 'Confira', 'Reveja');
  await site.publish();
  await lookForNew(page);
  await expect.poll(() => left(page)).toEqual([0, 0]);
  await offer(page).getByRole('button').click();
  await expect(page.getByRole('main')).toContainText('Reveja');
  await expect(page.locator('html')).not.toHaveAttribute('data-worker');
});

test('the preview removes the worker of a published site at its address', async ({ page, site }) => {
  await visit(page);
  await site.server.close();
  const preview = await Preview.of('walk');
  try {
    await preview.start(new URL(site.url).port);
    expect(preview.url).toBe(site.url);
    await preview.change('content/index.md', 'Confira', 'Reveja');
    // The worker answers once more; then it is gone.
    await page.reload();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('main')).toContainText('Reveja', { timeout: 1000 });
    }).toPass();
    await expect.poll(() => left(page)).toEqual([0, 0]);
  } finally {
    await preview.remove();
  }
});
