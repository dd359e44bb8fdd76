// The SARIF report against the schema of the standard, as Microsoft's package for tests carries it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import Ajv from 'ajv-draft-04';
import formats from 'ajv-formats';

const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const vereda = process.env.VEREDA ?? 'vereda';
const head = '---\ntitle: Ação\nowner: Equipe\n---\n\n';
const files = {
  'vereda.yaml': 'title: Teste\ncheck: { severity: { link/empty: note } }\n',
  'content/index.md': `${head}Veja 😀 [a](b.md) e [x]().\n\n## A {#a}\n\n## B {#a}\n`,
  'content/ação 1.md': `${head.replace('Ação', 'Outra')}Olá.\n`,
};

/** @type {string} */
let site;

before(() => {
  site = mkdtempSync(join(tmpdir(), 'vereda-'));
  mkdirSync(join(site, 'content'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(site, path), text);
});

after(() => rmSync(site, { recursive: true }));

for (const language of ['pt-BR', 'en']) {
  for (const flags of [[], ['--root', 'content/..'], ['--deny', 'link/missing-file']]) {
    test(`is valid SARIF 2.1.0 in ${language} with [${flags.join(' ')}]`, () => {
      const run = spawnSync(vereda, ['check', '--format', 'sarif', '--lang', language, ...flags], { cwd: site, encoding: 'utf8' });
      assert.equal(run.status, 1, run.stderr);
      // A pattern of the schema is none where patterns are read by code point.
      const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
      formats.default(ajv);
      const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
      const isValid = validate(JSON.parse(run.stdout));
      assert.ok(isValid, JSON.stringify(validate.errors, null, 2));
      assert.equal(JSON.parse(run.stdout).runs[0].results.length, 3);
    });
  }
}
