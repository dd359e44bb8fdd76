import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readPrefill } from '../logic/prefill.js';

const inputs = {
  ticket: { type: 'text', pattern: '[0-9]{4,12}' },
  cnpj: { type: 'cnpj', private: true },
  valor: { type: 'money', min: 10 },
};
const read = (query) => readPrefill(query, inputs, 'America/Sao_Paulo');

describe('an address that fills in', () => {
  it('gives what the flow knows and would take from a reader', () => {
    assert.deepEqual(read('ticket=%2012345&valor=1.234%2C50&nada=1'), { inputs: { ticket: '12345', valor: '1.234,50' }, refused: [], secret: [] });
  });

  it('tells what does not fit, and what is private, and gives neither', () => {
    assert.deepEqual(read('ticket=<script>&cnpj=12345678000195&valor=5'), { inputs: {}, refused: ['ticket', 'valor'], secret: ['cnpj'] });
  });

  it('survives what is no query at all', () => {
    for (const query of ['', '&&&', '%E0%A4%A', '__proto__=1&constructor=2', 'ticket']) assert.deepEqual(read(query).inputs, {}, query);
  });
});
