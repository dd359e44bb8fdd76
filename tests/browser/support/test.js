// @ts-check
/** `test` with a published site: built once a worker, hosted on loopback, and watched for what no page may do. */

import { test as base } from '@playwright/test';
import { rm } from 'node:fs/promises';
import { buildSite, findFlows, findPages, makeFolder, repository } from './site.js';
import { serveFolder } from './static-server.js';

/** @import { PublishedFlow } from './site.js' */
/** @typedef {{folder: string, url: string, pages: string[], flows: Map<string, PublishedFlow>}} Published */

export const test = base.extend(
  /**
   * @type {import('@playwright/test').Fixtures<
   *   {baseURL: string, allowed: RegExp[], faults: string[]}, {root: string, basePath: string, site: Published},
   *   import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions,
   *   import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions
   * >}
   */
  ({
    /** The source of the site. */
    root: [repository, { option: true, scope: 'worker' }],
    /** Where it is hosted. */
    basePath: ['/', { option: true, scope: 'worker' }],

    site: [
      async ({ root, basePath }, use) => {
        const folder = await makeFolder('published');
        await buildSite(root, folder, basePath === '/' ? undefined : `https://x.org${basePath}`);
        const server = await serveFolder(folder, basePath);
        await use({ folder, url: server.url, pages: await findPages(folder), flows: await findFlows(folder) });
        await server.close();
        await rm(folder, { recursive: true, force: true });
      },
      { scope: 'worker' },
    ],

    baseURL: async ({ site }, use) => use(site.url),

    /** The faults a test causes on purpose. */
    allowed: [[], { option: true }],

    /** Console errors, failed scripts, requests to other origins and answers that are errors fail every test. */
    faults: [
      async ({ context, baseURL, allowed }, use) => {
        /** @type {string[]} */
        const faults = [];
        const { origin } = new URL(baseURL);
        context.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
        context.on('weberror', (error) => faults.push(`script: ${error.error().message}`));
        context.on('request', (request) => {
          if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== origin) faults.push(`request: ${request.url()}`);
        });
        context.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
        await use(faults);
        base.expect(faults.filter((fault) => !allowed.some((each) => each.test(fault)))).toEqual([]);
      },
      { auto: true },
    ],
  }),
);

export const { expect } = test;
