import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readPaste } from '../logic/paste.js';

const input = (label, type, more = {}) => ({ label, type, ...more });
const inputs = {
  cnpj: input('CNPJ do cliente', 'cnpj', { private: true }),
  ticket: input('Número do ticket', 'text', { pattern: '[0-9]{4,12}|XXXX' }),
  sessao: input('ID de sessão', 'text', { pattern: '[0-9]{6,12}' }),
  contato: input('Telefone', 'phone'),
  email: input('E-mail', 'email'),
  nome: input('Nome do cliente', 'text'),
  gerado: input('Data e hora em que o ticket foi gerado', 'datetime'),
};
const wanted = (...names) => names.map((name) => ({ name, input: inputs[name] }));
const found = (text, ...names) => Object.fromEntries(readPaste(text, wanted(...names), 'America/Sao_Paulo').map(({ name, texts, sure }) => [name, sure ? texts[0] : texts]));

const BOX = `Informação de Sessão
CNPJ: 12.345.678/0001-95
TicketId: 7654321
Sessão: 215531931
Contato: (11) 98765-4321
Nome: Ana Luz`;

describe('a pasted text', () => {
  it('fills every field of the box at once', () => {
    assert.deepEqual(found(BOX, 'cnpj', 'ticket', 'sessao', 'contato', 'nome'), {
      cnpj: '12.345.678/0001-95', ticket: '7654321', sessao: '215531931', contato: '(11) 98765-4321', nome: 'Ana Luz',
    });
  });

  it('takes tabs, equals signs, and names that stand above their values', () => {
    assert.deepEqual(found('CNPJ\t12345678000195\nticketId = 4321', 'cnpj', 'ticket'), { cnpj: '12345678000195', ticket: '4321' });
    assert.deepEqual(found('CNPJ\n12.345.678/0001-95\n\nSession ID\n215531931\n', 'cnpj', 'sessao'), { cnpj: '12.345.678/0001-95', sessao: '215531931' });
  });

  it('knows a CNPJ, an e-mail and a telephone wherever they stand', () => {
    const text = 'a empresa 12.ABC.345/01DE-35 escreveu de ana@example.com, ligar (11) 4003-0015.';
    assert.deepEqual(found(text, 'cnpj', 'email', 'contato'), { cnpj: '12.ABC.345/01DE-35', email: 'ana@example.com', contato: '(11) 4003-0015' });
  });

  it('asks where a number could be several things', () => {
    assert.deepEqual(found('215531931', 'ticket', 'sessao'), { ticket: ['215531931'], sessao: ['215531931'] });
    assert.deepEqual(found('vi o 215531931 hoje', 'sessao'), { sessao: ['215531931'] });
  });

  it('asks where there are two of a kind', () => {
    assert.deepEqual(found('12.345.678/0001-95 e 11.222.333/0001-81', 'cnpj'), { cnpj: ['12.345.678/0001-95', '11.222.333/0001-81'] });
    assert.deepEqual(found('CNPJ: 12.345.678/0001-95\nCNPJ: 12345678000195', 'cnpj'), { cnpj: '12.345.678/0001-95' }, 'the same, written twice');
  });

  it('leaves out what does not read: wrong check digits, a date that does not exist', () => {
    assert.deepEqual(found('CNPJ: 12.345.678/0001-96\nGerado: 31/02/2026', 'cnpj', 'gerado'), {});
    assert.deepEqual(found('Gerado: 13/10/2026 10:20', 'gerado'), { gerado: '13/10/2026 10:20' });
  });

  it('takes a value that stands beside another name for nothing sure', () => {
    assert.deepEqual(found('Protocolo: 99887766', 'sessao'), { sessao: ['99887766'] });
  });

  it('finds nothing in nothing, and stays quick on much', () => {
    assert.deepEqual(found('', ...Object.keys(inputs)), {});
    const began = performance.now();
    found(`${'a:b '.repeat(50_000)}\n${'9'.repeat(50_000)}`, ...Object.keys(inputs));
    assert.ok(performance.now() - began < 2000);
  });
});
