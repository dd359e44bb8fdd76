import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { begin } from '../logic/answers.js';
import { namesOf, walk } from '../logic/walk.js';
import { cobranca, defeitos, sinais, tentativa } from './flows.js';

const CNPJ = '12.345.678/0001-95';
const TUESDAY = '13/10/2026 10:00';
const go = (flow, state) => walk(flow, { ...begin(), ...state });
const keys = ({ path }) => path.map(({ key }) => key);

describe('walk', () => {
  it('stands at the first node before anything is answered', () => {
    const walked = go(cobranca, {});
    const { flow, state, ...found } = walked;
    assert.deepEqual(found, { path: [], current: 'cadastro', outcome: null, missing: ['cnpj'], values: {}, looped: false });
  });

  it('does not accept an answer while an input is missing or wrong', () => {
    for (const cnpj of ['', '1', '12.345.678/0001-96']) {
      const walked = go(cobranca, { answers: { cadastro: 'sim' }, inputs: { cnpj } });
      assert.equal(walked.current, 'cadastro');
      assert.deepEqual(walked.missing, ['cnpj']);
    }
  });

  it('stops at a branch that asks until its form was sent', () => {
    const state = { answers: { cadastro: 'sim' }, inputs: { cnpj: CNPJ, aberto: TUESDAY, valor: '90' } };
    assert.equal(go(cobranca, state).current, 'horario');
    assert.equal(go(cobranca, { ...state, answers: { ...state.answers, horario: true } }).outcome, 'estornar');
  });

  it('decides a branch by the first rule that holds', () => {
    const answers = { cadastro: 'sim', horario: true };
    for (const [aberto, valor, outcome] of [
      [TUESDAY, '500', 'estornar'], [TUESDAY, 'R$ 500,01', 'n2'], ['13/10/2026 18:00:59', '1', 'estornar'],
      ['13/10/2026 18:01', '501', 'fora'], ['17/10/2026 10:00', '1', 'fora'],
    ]) {
      assert.equal(go(cobranca, { answers, inputs: { cnpj: CNPJ, aberto, valor } }).outcome, outcome);
    }
  });

  it('enters a called flow and comes back by its outcome', () => {
    const inputs = { cnpj: CNPJ, aberto: TUESDAY, valor: '90' };
    assert.equal(go(cobranca, { answers: { cadastro: 'nao' }, inputs }).current, 'identificar/busca');
    const walked = go(cobranca, { answers: { cadastro: 'nao', 'identificar/busca': 'sim', horario: true }, inputs });
    assert.deepEqual(keys(walked), ['cadastro', 'identificar', 'identificar/busca', 'identificar/encontrado', 'horario']);
    assert.equal(walked.outcome, 'estornar');
  });

  it('waits at a called outcome that has something to copy', () => {
    const state = { answers: { cadastro: 'nao', 'identificar/busca': 'nao' }, inputs: { cnpj: CNPJ } };
    assert.equal(go(cobranca, state).current, 'identificar/perdido');
    const walked = go(cobranca, { ...state, answers: { ...state.answers, 'identificar/perdido': true } });
    assert.equal(walked.outcome, 'sem-cadastro');
  });

  it('knows a called flow\'s questions inside it only', () => {
    const walked = go(cobranca, { answers: { cadastro: 'nao', 'identificar/busca': 'nao' }, inputs: { cnpj: CNPJ } });
    assert.equal(namesOf(walked, 'identificar/')('busca')?.value, 'nao');
    assert.equal(namesOf(walked)('busca'), undefined);
  });

  it('shares inputs with a called flow', () => {
    const walked = go(cobranca, { answers: { cadastro: 'nao' }, inputs: { cnpj: CNPJ, email: 'ana@example.com' } });
    assert.deepEqual(Object.keys(walked.values), ['cnpj', 'email']);
  });

  it('leaves answers and inputs of an abandoned branch off the path', () => {
    const inputs = { cnpj: CNPJ, email: 'ana@example.com' };
    const answers = { cadastro: 'sim', 'identificar/busca': 'nao' };
    const walked = go(cobranca, { answers, inputs });
    assert.deepEqual(keys(walked), ['cadastro']);
    assert.deepEqual(Object.keys(walked.values), ['cnpj']);
  });

  it('begins at another node', () => {
    assert.equal(go(cobranca, { start: 'horario' }).current, 'horario');
    assert.equal(go(cobranca, { start: 'identificar' }).current, 'identificar/busca');
    const inputs = { email: '', aberto: TUESDAY, valor: '90' };
    assert.equal(go(cobranca, { start: 'identificar/busca', answers: { 'identificar/busca': 'sim', horario: true }, inputs }).outcome, 'estornar');
  });

  it('keeps answers with a former id of an option', () => {
    const flow = structuredClone(sinais);
    const [first] = flow.nodes.sinais.options ?? [];
    first.aliases = ['demora'];
    const { path } = walk(flow, { ...begin(), start: 'sinais', answers: { sinais: ['demora'] } });
    assert.deepEqual(path[0].answer, ['lento']);
  });

  it('resolves aliases', () => {
    assert.equal(go(cobranca, { start: 'cadastro-ativo' }).current, 'cadastro');
    assert.equal(go(cobranca, { start: 'identificar/procurar' }).current, 'identificar/busca');
  });

  it('ends a loop where it closes', () => {
    const walked = go(tentativa, { answers: { funcionou: 'nao', reiniciar: true } });
    assert.deepEqual(keys(walked), ['funcionou', 'reiniciar']);
    assert.equal(walked.current, 'funcionou');
    assert.equal(walked.looped, true);
  });

  it('takes several answers: the first option leads, each sets its inputs', () => {
    const walked = go(sinais, { answers: { inicio: true, sinais: ['erro', 'lento'] } });
    assert.equal(walked.values.prioridade.value, 'alta', 'in the order of the question, so the second option sets last');
    assert.equal(walked.outcome, 'urgente');
    assert.equal(go(sinais, { answers: { inicio: true, sinais: ['nada', 'lento'] } }).outcome, 'fim');
    assert.equal(go(sinais, { answers: { inicio: true, sinais: ['nada', 'erro'] } }).outcome, 'urgente');
  });

  it('ignores options that do not exist', () => {
    assert.equal(go(tentativa, { answers: { funcionou: 'talvez' } }).current, 'funcionou');
    assert.equal(go(tentativa, { answers: { funcionou: true } }).current, 'funcionou');
    assert.equal(go(sinais, { answers: { inicio: true, sinais: [] } }).current, 'sinais');
  });

  it('survives every fault of a flow', () => {
    assert.equal(go(defeitos, {}).looped, true);
    assert.equal(go(defeitos, { start: 'sem-regra' }).current, 'sem-regra');
    assert.equal(go(defeitos, { start: 'sem-destino', answers: { 'sem-destino': true } }).current, 'sem-destino');
    assert.equal(go(defeitos, { start: 'recursiva' }).outcome, null);
    assert.equal(go(defeitos, { start: 'sem-fluxo' }).current, 'sem-fluxo');
    assert.equal(go(defeitos, { start: 'nao-existe' }).current, '');
  });

  it('takes names of the language\'s own for nothing', () => {
    assert.equal(go(tentativa, { start: '__proto__' }).current, '');
    assert.equal(go(tentativa, { answers: JSON.parse('{"__proto__": "sim", "constructor": "x"}') }).current, 'funcionou');
    assert.equal(namesOf(go(cobranca, {}))('constructor'), undefined);
    assert.equal(namesOf(go(cobranca, {}))('values.constructor'), undefined);
  });

  it('is linear on a flow of ten thousand steps', () => {
    const nodes = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [
      `n${at}`, { kind: 'step', number: at + 1, title: 't', ask: [], links: [], copy: [], checklist: [], next: `n${at + 1}` },
    ]));
    const flow = { ...tentativa, start: 'n0', nodes };
    const answers = Object.fromEntries(Object.keys(nodes).map((key) => [key, true]));
    const before = performance.now();
    assert.equal(go(flow, { answers }).path.length, 10_000);
    assert.ok(performance.now() - before < 500);
  });
});
