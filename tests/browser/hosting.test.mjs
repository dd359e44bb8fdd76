// The sample configurations of docs/hosting, each in the server it is for, over a site as it is published.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const vereda = process.env.VEREDA ?? 'vereda';
/** Where the packages of the servers were unpacked, as `/`. */
const servers = process.env.SERVERS ?? '/';
const IMMUTABLE = 'public, max-age=31536000, immutable';

const folder = mkdtempSync(join(tmpdir(), 'vereda-hosting-'));
const site = join(folder, 'site');
const sample = (/** @type {string} */ name) => readFileSync(join(repository, 'docs/hosting', name), 'utf8');
const policy = /Content-Security-Policy: (.*)/.exec(sample('_headers'))?.[1];

before(() => {
  // The servers give up the rights of who starts them.
  chmodSync(folder, 0o755);
  const built = spawnSync(vereda, ['build', '--root', join(repository, 'tests/fixtures/browser/walk'), '--out', site, '--base-url', 'http://127.0.0.1/']);
  assert.equal(built.status, 0, String(built.stderr));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Each server: its program, and how it is started with its sample on a port.
 * @type {Record<string, (port: number) => [string, string[]]>}
 */
const kinds = {
  nginx(port) {
    const prefix = join(folder, 'nginx');
    mkdirSync(prefix);
    const own = sample('nginx.conf').replace('listen 80;', `listen 127.0.0.1:${port};`).replace('/srv/www/manual', site);
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${prefix}/${name};`).join(' ');
    const types = join(servers, 'etc/nginx/mime.types');
    writeFileSync(join(prefix, 'nginx.conf'), `daemon off; pid ${prefix}/pid; error_log stderr; events {}\nhttp { access_log off; ${places} include ${types};\n${own}\n}\n`);
    const options = ['-p', prefix, '-c', join(prefix, 'nginx.conf')];
    const checked = spawnSync(join(servers, 'usr/sbin/nginx'), ['-t', ...options]);
    assert.equal(checked.status, 0, String(checked.stderr));
    return [join(servers, 'usr/sbin/nginx'), options];
  },
  caddy(port) {
    const file = join(folder, 'Caddyfile');
    const own = sample('Caddyfile').replace('example.com {', `http://127.0.0.1:${port} {`).replace('/srv/www/manual', site);
    writeFileSync(file, `{\n\tadmin off\n}\n${own}`);
    return [join(servers, 'usr/bin/caddy'), ['run', '--config', file, '--adapter', 'caddyfile']];
  },
  apache(port) {
    const root = join(folder, 'apache');
    cpSync(site, join(root, 'site'), { recursive: true });
    writeFileSync(join(root, 'site/.htaccess'), sample('apache.htaccess'));
    const modules = join(servers, 'usr/lib/apache2/modules');
    const names = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'filter', 'deflate'];
    const loaded = names.filter((name) => existsSync(join(modules, `mod_${name}.so`))).map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
    const types = '/etc/mime.types';
    const mime = existsSync(types) ? `TypesConfig ${types}` : 'TypesConfig /dev/null\nAddType text/html .html\nAddType text/css .css\nAddType text/javascript .js\nAddType image/svg+xml .svg';
    const lines = [...loaded, `ServerName localhost`, `ServerRoot ${root}`, `Listen 127.0.0.1:${port}`, `PidFile ${root}/pid`, `ErrorLog ${root}/errors`, mime];
    writeFileSync(join(root, 'httpd.conf'), `${lines.join('\n')}\nDocumentRoot ${root}/site\n<Directory ${root}/site>\nAllowOverride All\nRequire all granted\n</Directory>\n`);
    return [join(servers, 'usr/sbin/apache2'), ['-X', '-f', join(root, 'httpd.conf')]];
  },
};

/**
 * A free port.
 * @returns {Promise<number>}
 */
function findPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * What a server answers, as a browser asks.
 * @param {string} url
 * @returns {Promise<{status: number | undefined, headers: import('node:http').IncomingHttpHeaders, isZipped: boolean, text: string}>}
 */
function ask(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        const isZipped = response.headers['content-encoding'] === 'gzip';
        resolve({ status: response.statusCode, headers: response.headers, isZipped, text: String(isZipped ? gunzipSync(bytes) : bytes) });
      });
    });
    request.on('error', reject);
  });
}

/** @param {string} url */
async function waitFor(url, patience = 100) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(url);
    } catch (error) {
      if (tries === patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

for (const [name, start] of Object.entries(kinds)) {
  describe(name, () => {
    let url = '';
    /** @type {import('node:child_process').ChildProcess | null} */
    let server = null;
    let told = '';

    before(async () => {
      const port = await findPort();
      const [program, options] = start(port);
      const libraries = join(servers, `usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`);
      server = spawn(program, options, { env: { ...process.env, LD_LIBRARY_PATH: libraries, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder }, stdio: ['ignore', 'ignore', 'pipe'] });
      server.stderr?.on('data', (data) => (told += data));
      url = `http://127.0.0.1:${port}/`;
      await waitFor(url).catch((error) => assert.fail(`${error}: ${told}`));
    });
    after(() => void server?.kill());

    test('serves pages with the policy, compressed and revalidated', async () => {
      for (const address of ['', 'conserto/']) {
        const { status, headers, isZipped, text } = await ask(url + address);
        assert.equal(status, 200);
        assert.match(text, /^<!DOCTYPE html>/);
        assert.equal(headers['content-security-policy'], policy);
        assert.equal(headers['referrer-policy'], 'same-origin');
        assert.equal(headers['x-content-type-options'], 'nosniff');
        assert.equal(headers['cache-control'], 'no-cache');
        assert.ok(isZipped);
      }
    });

    test('lets browsers keep fingerprinted files for ever, and no others', async () => {
      const assets = readdirSync(join(site, 'assets'));
      const css = assets.find((each) => each.startsWith('theme.'));
      const scripts = assets.find((each) => each.startsWith('js-'));
      for (const address of [`assets/${css}`, `assets/${scripts}/main.js`]) {
        const { status, headers, isZipped } = await ask(url + address);
        assert.deepEqual([status, headers['cache-control'], isZipped], [200, IMMUTABLE, true], address);
      }
      assert.match((await ask(`${url}assets/${scripts}/main.js`)).headers['content-type'] ?? '', /javascript/);
      const { status, headers } = await ask(`${url}conserto/diagram.svg`);
      assert.deepEqual([status, headers['cache-control'], headers['content-type']?.split(';')[0]], [200, 'no-cache', 'image/svg+xml']);
    });

    test('answers with the page of lost addresses, without caching', async () => {
      for (const address of ['nada/', 'nada', 'assets/js-00000000/nada.js']) {
        const { status, headers, text } = await ask(url + address);
        assert.equal(status, 404);
        assert.match(text, /<h1>/);
        assert.equal(headers['content-security-policy'], policy);
        assert.doesNotMatch(headers['cache-control'] ?? '', /immutable/);
      }
    });

    test('redirects to the folder of a page', async () => {
      const { status, headers } = await ask(`${url}conserto`);
      assert.ok([301, 302, 307, 308].includes(status ?? 0), `${status}`);
      assert.match(headers.location ?? '', /conserto\/$/);
    });
  });
}
