// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nearest } from '../logic/nearest.js';

const all = ['', 'guia/', 'guia/blocos/', 'whatsapp/', 'whatsapp/atendimento/', 'whatsapp/auditoria/'].map((path) => ({ path }));
const found = (/** @type {string} */ wanted) => nearest(wanted, all).map(({ path }) => path);

test('finds a page by a slip, another folder, capitals, accents and an extension', () => {
  assert.equal(found('whatsapp/auditora/')[0], 'whatsapp/auditoria/');
  assert.equal(found('auditoria')[0], 'whatsapp/auditoria/');
  assert.equal(found('WhatsApp/Auditória.html')[0], 'whatsapp/auditoria/');
  assert.equal(found('guia/bloco')[0], 'guia/blocos/');
});

test('finds nothing that is like nothing', () => {
  assert.deepEqual(found('xyz/qqq/'), []);
  assert.deepEqual(found(''), []);
});
