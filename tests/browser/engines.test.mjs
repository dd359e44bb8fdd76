// A flow from the home page to its record in other engines: where Chromium is not the browser, the walkthrough works too.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { drivers } from './support/drivers.js';
import { buildSite, makeFolder, repository } from './support/site.js';
import { serveFolder } from './support/static-server.js';

const ENTER = '\uE007';
const ESCAPE = '\uE00C';
const WAIT_MS = 20_000;

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serveFolder>>} */
let server;

before(async () => {
  folder = await makeFolder('engines');
  await buildSite(repository, folder);
  server = await serveFolder(folder);
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

for (const [name, start] of Object.entries(drivers)) {
  describe(name, () => {
    /** @type {import('./support/drivers.js').Driver} */
    let driver;

    before(async () => {
      driver = await start();
    });

    after(() => driver?.close());

    it('walks a flow by keys, from the home page to the record', async () => {
      await driver.open(server.url);
      await expectText('.flow-card kbd', '1');
      await driver.press('1');
      await expectText('.node:not([hidden]) .walk-option-label', 'Sim');
      assert.equal(await driver.run("document.querySelectorAll('.node:not([hidden])').length"), 1);
      await driver.press('s');
      await expectText('.node:not([hidden]) .field label', 'CNPJ do cliente');
      await driver.run("document.querySelector('.node:not([hidden]) .field input').focus()");
      await driver.press(`12.345.678/0001-95${ENTER}`);
      await expectText('.node:not([hidden]) .node-title', 'Como está preenchido o campo Pendência Financeira?');
      for (const key of 'nss') await driver.press(key);
      await expectText('.node[data-lead] .node-title', 'Apoie o cliente');
      await driver.press('n');
      await expectText('.node:not([hidden]) .node-title', 'Finalize o ticket');
      assert.match(await driver.run("document.querySelector('.walk-record pre').textContent"), /CNPJ do cliente: 12\.345\.678\/0001-95/);
    });

    it('draws what it walks', async () => {
      const style = (/** @type {string} */ selector, /** @type {string} */ property) => driver.run(`getComputedStyle(document.querySelector('${selector}')).${property}`);
      const clear = /^(rgba\(0, 0, 0, 0\)|transparent)$/;
      assert.doesNotMatch(await style('html', 'backgroundColor'), clear);
      assert.doesNotMatch(await style('.walk-record-bar .copy-button', 'backgroundColor'), clear);
      assert.notEqual(await style('body', 'color'), await style('html', 'backgroundColor'));
      const columns = await driver.run("['.desk-side', '.shell', '.desk-record'].map((each) => Math.round(document.querySelector(each).getBoundingClientRect().left))");
      assert.deepEqual(columns, [...columns].sort((a, b) => a - b));
      assert.equal(await driver.run('document.documentElement.scrollWidth <= innerWidth'), true);
    });

    it('opens the panel of pages, the help and the search', async () => {
      await driver.run("document.querySelector('.header-pages').click()");
      await expect("document.querySelector('#V-pages').matches(':popover-open')");
      await driver.press(ESCAPE);
      await driver.press('?');
      await expectText('dialog[open] h2', 'Teclas');
      await driver.press(ESCAPE);
      await driver.press('/');
      await expect("document.querySelector('dialog[open] input') !== null");
      await driver.press('transferir');
      await expect("document.querySelectorAll('dialog[open] [role=option]').length > 0");
      await driver.press(ESCAPE);
    });

    it('opens a collapsible section of the procedure by its address', async () => {
      await driver.open(`${server.url}whatsapp/#posicionamento`);
      await expect("document.querySelector('#posicionamento').closest('details')?.open ?? document.querySelector('#posicionamento').open");
    });

    /**
     * @param {string} selector
     * @param {string} text
     */
    function expectText(selector, text) {
      return expect(`document.querySelector('${selector}')?.textContent.includes('${text}')`);
    }

    /** @param {string} condition an expression that becomes true */
    async function expect(condition) {
      const last = Date.now() + WAIT_MS;
      while (!(await driver.run(`!!(${condition})`).catch(() => false))) {
        if (Date.now() > last) assert.fail(`${name}: ${condition}\n${await driver.run('document.body.innerText.slice(0, 800)')}`);
        await new Promise((waited) => setTimeout(waited, 100));
      }
    }
  });
}
