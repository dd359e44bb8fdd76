import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mayBePrivate } from '../logic/private-text.js';

test('finds what identifies a customer', () => {
  for (const text of [
    '12.345.678/0001-95', '12345678000195', '12 345 678 0001 95', 'AB.CDE.FGH/IJKL-12', '123.456.789-09', '482913', 'ticket 48291', '#482913',
    'fulano@empresa.com.br', 'sessão 215531931', '(11) 4003-0015', '550e8400-e29b-41d4-a716-446655440000', '3f2a9c10b7', 'uma linha\noutra', 'x'.repeat(61),
  ]) assert.equal(mayBePrivate(text), true, text);
});

test('keeps what agents search for', () => {
  for (const text of ['macro n2', 'abandono do cliente', '18:01', '1h30', '99>>007>>abandono', '2ª via', 'winthor whatsapp', 'versão 1.2.3', 'pós-venda', '“título incorreto”', 'nao-assumido']) {
    assert.equal(mayBePrivate(text), false, text);
  }
});
