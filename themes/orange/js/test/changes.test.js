import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { answer, begin } from '../logic/answers.js';
import { abandoned, rename, replay } from '../logic/changes.js';
import { compareWalks } from '../logic/revision.js';
import { trail } from '../logic/record.js';
import { walk } from '../logic/walk.js';
import { cobranca } from './flows.js';

const inputs = { cnpj: '12.345.678/0001-95', email: 'ana@example.com', aberto: '13/10/2026 10:00', valor: '90' };
const done = { ...begin(), inputs, answers: { cadastro: 'nao', 'identificar/busca': 'sim', horario: true } };
const without = (flow, id) => ({ ...flow, nodes: Object.fromEntries(Object.entries(flow.nodes).filter(([key]) => key !== id)) });

describe('a changed answer', () => {
  const before = walk(cobranca, done);
  const after = walk(cobranca, answer(before, 'cadastro', 'sim').state);

  it('leaves aside the answers that lie on no path now, with what was typed', () => {
    assert.deepEqual(abandoned(before), []);
    assert.deepEqual(abandoned(after), [{ key: 'identificar/busca', title: 'A busca achou?', answer: 'Sim', typed: 'ana@example.com' }]);
    assert.deepEqual(abandoned(walk(cobranca, answer(after, 'cadastro', 'nao').state)), [], 'and takes them up again');
  });

  it('tells what is kept, what is not, and that the outcome is the same', () => {
    assert.deepEqual(compareWalks(before, after, 'cadastro'), { kept: 1, left: 1, from: 'Estorne R$ 90,00', to: 'Estorne R$ 90,00', same: true });
  });

  it('tells from which outcome to which', () => {
    const n2 = walk(cobranca, { ...done, inputs: { ...inputs, valor: '900' } });
    assert.deepEqual(compareWalks(before, n2, 'horario'), { kept: 0, left: 0, from: 'Estorne R$ 90,00', to: 'Envie ao N2', same: false });
    const lost = walk(cobranca, { ...done, answers: { ...done.answers, 'identificar/busca': 'nao' } });
    assert.deepEqual(compareWalks(before, lost, 'identificar/busca'), { kept: 0, left: 1, from: 'Estorne R$ 90,00', to: null, same: false });
  });

  it('has nothing to tell of the first time', () => {
    const first = walk(cobranca, { ...begin(), inputs });
    assert.equal(compareWalks(first, walk(cobranca, answer(first, 'cadastro', 'sim').state), 'cadastro'), null);
  });
});

describe('a flow that changed', () => {
  const was = trail(walk(cobranca, done));

  it('still holds where nothing that was answered is gone', () => {
    assert.equal(replay(was, walk(cobranca, done)), null);
    const renamed = structuredClone(cobranca);
    renamed.nodes.cadastro.title = 'Outro título';
    assert.equal(replay(was, walk(renamed, done)), null);
  });

  it('stops at a question whose option is gone', () => {
    const flow = structuredClone(cobranca);
    flow.nodes.cadastro.options = flow.nodes.cadastro.options.filter(({ id }) => id !== 'nao');
    assert.deepEqual(replay(was, walk(flow, done)), { stop: 'cadastro', why: 'answer', was: was[0] });
  });

  it('stops where a node is gone', () => {
    const flow = structuredClone(cobranca);
    flow.flows['/identificar/'] = without(flow.flows['/identificar/'], 'busca');
    flow.flows['/identificar/'].start = 'conferir';
    assert.equal(replay(was, walk(flow, done)).why, 'node');
    assert.equal(replay(was, walk(flow, done)).was.title, 'A busca achou?');
  });

  it('stops where the way leads elsewhere', () => {
    const flow = structuredClone(cobranca);
    flow.nodes.cadastro.options[1].next = 'horario';
    assert.deepEqual(replay(was, walk(flow, done)), { stop: 'horario', why: 'path', was: was[1] });
  });

  it('finds answers under the ids that nodes had before', () => {
    const flow = structuredClone(cobranca);
    flow.nodes.cadastro2 = flow.nodes.cadastro;
    delete flow.nodes.cadastro;
    Object.assign(flow, { start: 'cadastro2', aliases: { cadastro: 'cadastro2' } });
    const renamed = rename(flow, done);
    assert.equal(renamed.answers.cadastro2, 'nao');
    assert.equal(replay(was, walk(flow, renamed)), null);
  });
});
