// @ts-check
/** A published site that a test changes and publishes again, on a host of its own. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildSite, copySite, fixture, makeFolder } from './site.js';
import { serveFolder } from './static-server.js';

export class Hosted {
  /**
   * @param {string} root a copy, removed at the end
   * @param {string} folder what is published
   * @param {string} base
   * @param {{url: string, close: () => Promise<unknown>}} server
   */
  constructor(root, folder, base, server) {
    this.root = root;
    this.folder = folder;
    this.base = base;
    this.server = server;
    this.url = server.url;
  }

  /**
   * @param {string} name of a fixture
   * @param {string} [base] the path it is hosted under
   */
  static async of(name, base = '/') {
    const [root, folder] = [await copySite(fixture(name)), await makeFolder('hosted')];
    await buildSite(root, folder, `https://x.org${base}`);
    return new Hosted(root, folder, base, await serveFolder(folder, base));
  }

  publish() {
    return buildSite(this.root, this.folder, `https://x.org${this.base}`);
  }

  /**
   * @param {string} file
   * @param {string} from
   * @param {string} to
   */
  async change(file, from, to) {
    const text = await readFile(join(this.root, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no «${from}»`);
    await this.write(file, text.replace(from, () => to));
  }

  /**
   * @param {string} file
   * @param {string | Uint8Array} contents
   */
  async write(file, contents) {
    await mkdir(dirname(join(this.root, file)), { recursive: true });
    await writeFile(join(this.root, file), contents);
  }

  async remove() {
    await this.server.close();
    await Promise.all([this.root, this.folder].map((each) => rm(each, { recursive: true, force: true })));
  }
}
