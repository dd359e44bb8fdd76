import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { begin } from '../logic/answers.js';
import { trail, writeRecord } from '../logic/record.js';
import { fillAddress } from '../logic/template.js';
import { namesOf, walk } from '../logic/walk.js';
import { cobranca, sinais } from './flows.js';

const inputs = { cnpj: '12.345.678/0001-95', email: '', aberto: '13/10/2026 10:00', valor: '90' };
const through = (answers, more = {}) => walk(cobranca, { ...begin(), answers, inputs: { ...inputs, ...more } });

describe('the record', () => {
  it('tells the path, the inputs and the outcome', () => {
    assert.equal(writeRecord(through({ cadastro: 'sim', horario: true })), [
      'Cobrança duplicada: Estorne R$ 90,00',
      'O CNPJ abre um cadastro ativo? Sim',
      'Quando e quanto?',
      'CNPJ do cliente: 12.345.678/0001-95',
      'Quando o ticket foi gerado: 13/10/2026 10:00',
      'Valor cobrado a mais: 90',
    ].join('\n'));
  });

  it('holds only what is on the living path', () => {
    const record = writeRecord(through({ cadastro: 'sim', horario: true, 'identificar/busca': 'nao' }, { email: 'ana@example.com' }));
    assert.doesNotMatch(record, /busca|ana@/);
  });

  it('tells status, values, copies and called flows, and leaves the unknown as written', () => {
    const record = writeRecord(through({ cadastro: 'nao', 'identificar/busca': 'nao', 'identificar/perdido': true }, { email: 'ana@example.com' }));
    assert.equal(record, 'Aberto · 12345678000195 · (11) 4003-0015 · {foo}\nSem resultado para ana@example.com\nSem 12.345.678/0001-95');
  });

  it('is null before the outcome and where there is none', () => {
    assert.equal(writeRecord(through({ cadastro: 'sim' })), null);
    assert.equal(writeRecord(through({ cadastro: 'sim', horario: true }, { valor: '501' })), null);
  });

  it('waits for what the outcome itself asks', () => {
    const asking = structuredClone(cobranca);
    asking.nodes.estornar.ask = ['nota'];
    asking.inputs.nota = { label: 'Nota', type: 'number', required: true };
    const end = (nota) => walk(asking, { ...begin(), answers: { cadastro: 'sim', horario: true }, inputs: { ...inputs, nota } });
    assert.deepEqual([end('').outcome, end('').missing, writeRecord(end(''))], [null, ['nota'], null]);
    assert.equal(end('7').outcome, 'estornar');
    assert.match(writeRecord(end('7')), /Nota: 7/);
  });

  it('does not read what was typed as a template', () => {
    const record = writeRecord(through({ cadastro: 'nao', 'identificar/busca': 'nao', 'identificar/perdido': true }, { email: '{cnpj}@example.com' }));
    assert.match(record, /Sem resultado para \{cnpj\}@example\.com/);
  });

  it('tells several answers, and what they set', () => {
    const walked = walk(sinais, { ...begin(), answers: { inicio: true, sinais: ['erro', 'lento'] } });
    assert.equal(writeRecord(walked), 'alta 1,5\nComece\nO que se vê? Lento, Erro');
  });
});

describe('the trail', () => {
  it('lists the stops with a screen', () => {
    const stops = trail(through({ cadastro: 'nao', 'identificar/busca': 'sim', horario: true }));
    assert.deepEqual(stops.map(({ key, answer, typed }) => [key, answer, typed]), [
      ['cadastro', 'Nao', '12.345.678/0001-95'],
      ['identificar/busca', 'Sim', ''],
      ['horario', '', '13/10/2026 10:00, 90'],
    ]);
  });
});

describe('fillAddress', () => {
  const find = namesOf(through({}, { cnpj: '12.345.678/0001-95' }));
  const typed = (text) => (name) => (name === 'x' ? { type: 'text', text, value: text } : undefined);
  const fillX = (template, text) => fillAddress(template, typed(text), 'https://site.example/a/');

  it('fills an address', () => {
    assert.equal(fillAddress('https://example.com/{cnpj|digits}', find, 'https://x.org/'), 'https://example.com/12345678000195');
  });

  it('gives none while a value is missing', () => {
    assert.equal(fillAddress('https://example.com/{email}', find, 'https://x.org/'), null);
  });

  it('encodes what has no filter of its own', () => {
    assert.equal(fillX('https://example.com/{x}?q={x|url}', '/../a b?#&@'), 'https://example.com/%2F..%2Fa%20b%3F%23%26%40?q=%2F..%2Fa%20b%3F%23%26%40');
  });

  it('lets no typed text change the host', () => {
    assert.equal(new URL(fillX('https://example.com/{x}', '@evil.example/')).host, 'example.com');
    assert.equal(fillX('https://example.com{x|upper}', '@evil.example/'), null);
    assert.equal(fillX('https://example.com{x}', '@evil.example/'), null);
  });

  it('refuses schemes other than http and https', () => {
    for (const text of ['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:https://x/1']) {
      assert.equal(fillX('{x}', text), null, text);
    }
    assert.equal(fillX('{x}', 'https://example.com/'), 'https://example.com/');
  });

  it('keeps a scheme that the site wrote', () => {
    assert.equal(fillX('mailto:a@example.com?subject={x|url}', 'a b&c'), 'mailto:a@example.com?subject=a%20b%26c');
    assert.equal(fillX('tel:{x|digits}', '(11) 4003-0015'), 'tel:1140030015');
    assert.equal(fillX('zoommtg://zoom.us/join?confno={x|url}', '1'), 'zoommtg://zoom.us/join?confno=1');
  });

  it('gives none when a typed text would climb or leave a part of the path empty', () => {
    for (const text of ['.', '..']) {
      for (const template of ['https://example.com/a/{x}/b', 'https://example.com/a/{x|url}', 'https://example.com/?q={x|url}']) {
        assert.equal(fillX(template, text), null, template);
      }
    }
    assert.equal(fillX('https://example.com/a/{x|url}/', '../..'), 'https://example.com/a/..%2F../');
    assert.equal(fillX('https://example.com/a/{x|url}/', '%2e%2e'), 'https://example.com/a/%252e%252e/');
    assert.equal(fillX('https://example.com/a/{x|url}', ''), null);
    assert.equal(fillX('https://example.com/a/{x|digits}', 'abc'), null);
    assert.equal(fillX('https://example.com/a?q={x|url}#{x|url}', ''), 'https://example.com/a?q=#');
  });

  it('resolves relative addresses', () => {
    assert.equal(fillX('../b/?t={x}', '1'), 'https://site.example/b/?t=1');
  });
});
