/** The search of the browser against that of the generator: tests/vectors/search.json. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { openSearch } from '../search/engine.js';
import { loadKey } from '../search/stem.js';
import { join, tokenize } from '../search/tokens.js';

const vectors = JSON.parse(readFileSync(new URL('../../../../tests/vectors/search.json', import.meta.url), 'utf8'));
const home = new URL('https://example.org/docs/');

/** Answers requests with the files of the vectors, and notes them. */
function serve(files) {
  const requested = [];
  globalThis.fetch = async (address) => {
    const path = new URL(address).href.slice(home.href.length);
    requested.push(path);
    return files.has(path) ? new Response(files.get(path)) : new Response('', { status: 404 });
  };
  return requested;
}

describe('words', () => {
  for (const [text, expected] of vectors.texts) {
    it(text, () => {
      const tokens = tokenize(text);
      assert.deepEqual([tokens.map(({ written, folded }) => [written, folded]), join(text, tokens)], expected);
    });
  }

  for (const [at, language] of ['pt', 'en', 'es'].entries()) {
    it(`has the same stems: ${language}`, async () => {
      const key = await loadKey(language);
      const wrong = vectors.keys.filter((keys) => key(keys[0]) !== keys[at + 1]).map((keys) => [keys[0], key(keys[0]), keys[at + 1]]);
      assert.deepEqual(wrong, []);
    });
  }
});

describe('results', async () => {
  serve(new Map(vectors.files));
  const { search } = await openSearch(home, 'pt-BR');
  for (const [query, expected] of vectors.queries) {
    it(query, async () => {
      const results = await search(query, { limit: 20 });
      const found = results.map(({ kind, url, anchor, title, score }) => [kind, `/${url.slice(home.href.length)}`, anchor, title, score]);
      assert.deepEqual(found, expected);
    });
  }

  it('marks the words of the query in their context', async () => {
    const results = await search('transferir chat');
    const first = results.find(({ anchor }) => anchor === 'transferir');
    assert.equal(first.excerpt.map(({ text }) => text).join(''), 'Se necessário, realize a transferência do chat.');
    assert.deepEqual(first.excerpt.filter(({ isMatch }) => isMatch).map(({ text }) => text), ['transferência', 'chat']);
  });

  it('gives the exact text and every place of a copy', async () => {
    const [first] = await search('macro n2');
    assert.equal(first.kind, 'copy');
    assert.equal(first.copy, '1. Atendimento Whatsapp Transferência N2(oficial)');
    assert.deepEqual(first.places.map(({ url }) => url), ['https://example.org/docs/whatsapp/#enviar']);
    const [unfilled] = await search('"Posicionamento do ticket"');
    assert.equal('copy' in unfilled, false);
  });
});

describe('loading', () => {
  it('requests nothing before the first search, and no file twice', async () => {
    const requested = serve(new Map(vectors.files));
    const { search } = await openSearch(home, 'pt-BR');
    assert.deepEqual(requested, []);
    await search('chat');
    await search('chat n2');
    assert.equal(new Set(requested).size, requested.length);
  });

  it('can be repeated after a failure', async () => {
    serve(new Map());
    const { search } = await openSearch(home, 'pt-BR');
    await assert.rejects(search('chat'), /404/);
    serve(new Map(vectors.files));
    assert.notDeepEqual(await search('chat'), []);
  });
});
