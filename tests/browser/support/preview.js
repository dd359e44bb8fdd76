// @ts-check
/** `vereda serve` on a copy of a small site that a test may change. */

import { spawn } from 'node:child_process';
import { cp, mkdir, rename, rm, writeFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copySite, findVereda, fixture, repository } from './site.js';

export class Preview {
  /** The output in the terminal. */
  terminal = '';
  /** @type {import('node:child_process').ChildProcess | null} */
  #process = null;

  /** @param {string} root a copy, removed at the end */
  constructor(root) {
    this.root = root;
    this.url = '';
  }

  /** @param {string} name of a fixture, served with the theme of this repository, so that the theme can be changed too */
  static async of(name) {
    const preview = new Preview(await copySite(fixture(name)));
    await cp(join(repository, 'themes'), join(preview.root, 'themes'), { recursive: true });
    return preview;
  }

  /** @param {string} [port] `0` is any that is free */
  start(port = '0') {
    const started = spawn(findVereda(), ['serve', '--root', this.root, '--port', port, '--color', 'never'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = started;
    return new Promise((resolve, reject) => {
      started.on('exit', (code) => reject(new Error(`vereda serve ended with ${code}: ${this.terminal}`)));
      started.stderr.on('data', (data) => {
        this.terminal += data;
        const url = /http:\/\/[\w.:]+\//.exec(this.terminal)?.[0];
        if (url) resolve((this.url = url));
      });
    });
  }

  stop() {
    const process = this.#process;
    this.#process = null;
    if (!process || process.exitCode !== null) return;
    process.removeAllListeners('exit');
    return new Promise((ended) => {
      process.on('exit', ended);
      process.kill();
    });
  }

  async remove() {
    await this.stop();
    await rm(this.root, { recursive: true, force: true });
  }

  /**
   * As an editor that writes in place.
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
   * @param {string} text
   */
  async write(file, text) {
    await mkdir(dirname(join(this.root, file)), { recursive: true });
    await writeFile(join(this.root, file), text);
  }

  /**
   * As an editor that writes beside the file and renames.
   * @param {string} file
   * @param {string} from
   * @param {string} to
   */
  async swap(file, from, to) {
    const text = await readFile(join(this.root, file), 'utf8');
    await this.write(`${file}.tmp`, text.replace(from, () => to));
    await rename(join(this.root, `${file}.tmp`), join(this.root, file));
  }

  /**
   * @param {string} from
   * @param {string} to
   */
  async move(from, to) {
    await mkdir(dirname(join(this.root, to)), { recursive: true });
    await rename(join(this.root, from), join(this.root, to));
  }

  /** @param {string} file */
  async delete(file) {
    await rm(join(this.root, file));
  }
}
