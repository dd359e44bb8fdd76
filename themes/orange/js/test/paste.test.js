import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findMistyped, readPaste } from '../logic/paste.js';

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
    assert.deepEqual(found('11.222.333/0001-81, sessões 777888999 e 555444333', 'cnpj', 'sessao'), { cnpj: '11.222.333/0001-81', sessao: ['777888999', '555444333'] });
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

  it('reads labels without a colon, other colons and dashes, and JSON', () => {
    const both = { cnpj: '12.345.678/0001-95', ticket: '482913' };
    assert.deepEqual(found('CNPJ: 12.345.678/0001-95\nTicketId: 482913', 'cnpj', 'ticket', 'sessao'), both);
    assert.deepEqual(found('CNPJ 12 345 678 0001 95\nTicketId 482913', 'cnpj', 'ticket'), { cnpj: '12 345 678 0001 95', ticket: '482913' });
    for (const dash of ['-', '–', '：', ' ： ', '=']) assert.deepEqual(found(`CNPJ ${dash} 12.345.678/0001-95`, 'cnpj'), { cnpj: '12.345.678/0001-95' }, dash);
    for (const [open, close] of ['  ', '{}']) {
      assert.deepEqual(found(`${open}"cnpj": "12345678000195", "ticketId": "482913"${close}`, 'cnpj', 'ticket', 'sessao'), { cnpj: '12345678000195', ticket: '482913' });
    }
    assert.deepEqual(found('CNPJ: 12.345.678/0001-95; Ticket: 482913 | Sessão: 215531931', 'cnpj', 'ticket', 'sessao'), { ...both, sessao: '215531931' });
  });

  it('reads a ticket by its number sign and by its address', () => {
    assert.deepEqual(found('#482913', 'ticket', 'sessao'), { ticket: '482913' });
    assert.deepEqual(found('https://exemplo.zendesk.com/agent/tickets/482913', 'ticket', 'sessao'), { ticket: '482913' });
  });

  it('reads each label above its own value', () => {
    assert.deepEqual(found('ID de sessão\n215531931\nTicket\n482913', 'ticket', 'sessao'), { ticket: '482913', sessao: '215531931' });
  });

  it('takes a date beside a distinctive word alone', () => {
    for (const label of ['Gerado em', 'Aberto em:', 'Criado:', 'Data de abertura:', 'Ticket gerado em:', 'Data e hora em que o ticket foi gerado:']) {
      assert.deepEqual(found(`${label} 18/11/2026 19:00`, 'gerado'), { gerado: '18/11/2026 19:00' }, label);
    }
    for (const label of ['Encerrado em', 'Última mensagem em', 'Atualizado em', 'Vencimento do ticket', 'Data de nascimento', 'Data', 'Ticket', 'Horário geral']) {
      assert.deepEqual(found(`${label}: 18/11/2026 19:00`, 'gerado', 'ticket'), {}, label);
    }
  });

  it('asks where a label has a distinctive word among others, and keeps the line', () => {
    const [{ sure, texts, lines }] = readPaste('Boleto gerado em: 18/11/2026 19:00', wanted('gerado'), 'America/Sao_Paulo');
    assert.deepEqual({ sure, texts, lines }, { sure: false, texts: ['18/11/2026 19:00'], lines: ['Boleto gerado em: 18/11/2026 19:00'] });
    assert.deepEqual(found('CNPJ: 12.345.678/0001-95\nCNPJ da filial: 11.222.333/0001-81', 'cnpj'), { cnpj: ['12.345.678/0001-95', '11.222.333/0001-81'] });
  });

  it('gives a pair to the input that its label names best', () => {
    const filial = { name: 'filial', input: input('CNPJ da filial', 'cnpj') };
    const texts = readPaste('CNPJ: 12.345.678/0001-95\nCNPJ da filial: 11.222.333/0001-81', [...wanted('cnpj'), filial], 'America/Sao_Paulo');
    assert.deepEqual(texts.map(({ name, texts: [text], sure }) => [name, text, sure]), [['cnpj', '12.345.678/0001-95', true], ['filial', '11.222.333/0001-81', true]]);
  });

  it('offers no line of another field', () => {
    assert.deepEqual(found('Telefone: 1140030015', 'sessao'), {});
    assert.deepEqual(found('CPF: 52998224725', 'sessao'), {});
    assert.deepEqual(found('Ticket: 482913', 'sessao', 'ticket'), { ticket: '482913' });
  });

  it('drops invisible characters', () => {
    assert.deepEqual(found('\u202a+55 11 91234-5678\u202c', 'contato'), { contato: '+55 11 91234-5678' });
    assert.deepEqual(found('CNPJ: \u200b12.345.678/0001\u201195', 'cnpj'), { cnpj: '12.345.678/0001-95' });
  });

  it('names a number with wrong check digits', () => {
    const wrong = (text) => findMistyped(text, wanted('cnpj', 'ticket'), 'America/Sao_Paulo').map(({ name }) => name);
    assert.deepEqual(wrong('CNPJ: 12.345.678/0001-96'), ['cnpj']);
    assert.deepEqual(wrong('12345678000196'), ['cnpj']);
    assert.deepEqual(wrong('CNPJ: 12.345.678/0001-95, protocolo 1234567'), []);
    assert.deepEqual(wrong('abcdefghijkl12'), []);
  });

  it('finds nothing in nothing, and stays quick on much', () => {
    assert.deepEqual(found('', ...Object.keys(inputs)), {});
    const began = performance.now();
    found(`${'a:b '.repeat(50_000)}\n${'9'.repeat(50_000)}`, ...Object.keys(inputs));
    assert.ok(performance.now() - began < 2000);
  });
});
