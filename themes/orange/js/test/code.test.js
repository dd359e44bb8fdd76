import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { begin } from '../logic/answers.js';
import { writeCode } from '../logic/code.js';
import { followCode } from '../logic/follow-code.js';
import { readCode } from '../logic/code-text.js';
import { walk } from '../logic/walk.js';
import { cobranca, sinais, tentativa } from './flows.js';

const inputs = { cnpj: '12.345.678/0001-95', email: '', aberto: '13/10/2026 10:00', valor: '90' };
const through = (flow, answers, more = {}) => walk(flow, { ...begin(), answers, inputs: { ...inputs, ...more } });
const again = (flow, code) => {
  const { tokens } = readCode(code);
  const { start, answers, wrong } = followCode(flow, tokens);
  return { wrong, walked: walk(flow, { start, answers, inputs }) };
};

describe('a path code', () => {
  it('tells options by their beginnings, branches by their rules, and nothing that was typed', () => {
    const walked = through(cobranca, { cadastro: 'nao', 'identificar/busca': 'sim', horario: true });
    assert.equal(writeCode(walked), 'COB·n.s.3');
  });

  it('understands former ids of options', () => {
    const flow = structuredClone(tentativa);
    const option = flow.nodes.funcionou.options.find(({ id }) => id === 'nao');
    option.aliases = ['falhou'];
    assert.deepEqual(followCode(flow, ['f']).answers, { funcionou: 'nao' });
    assert.deepEqual(followCode(flow, ['n']).answers, { funcionou: 'nao' });
  });

  it('is the flow alone at its beginning', () => {
    assert.equal(writeCode(through(cobranca, {})), 'COB');
    assert.deepEqual(readCode(' cob '), { flow: 'COB', tokens: [] });
  });

  it('tells screens without a question that follow the last answer', () => {
    const walked = through(tentativa, { funcionou: 'nao', reiniciar: true });
    assert.match(writeCode(walked), /^TEN·n\.\+1$/);
  });

  for (const [flow, answers] of [
    [cobranca, { cadastro: 'nao', 'identificar/busca': 'sim', horario: true }],
    [cobranca, { cadastro: 'nao', 'identificar/busca': 'nao', 'identificar/perdido': true }],
    [cobranca, { cadastro: 'sim', horario: true }],
    [cobranca, {}],
    [tentativa, { funcionou: 'nao', reiniciar: true }],
    [tentativa, { funcionou: 'nao' }],
  ]) {
    it(`opens the path it was made of: ${JSON.stringify(answers)}`, () => {
      const walked = through(flow, answers);
      const { walked: opened, wrong } = again(flow, writeCode(walked));
      assert.equal(wrong, null);
      assert.deepEqual([opened.path, opened.current, opened.outcome], [walked.path, walked.current, walked.outcome]);
    });
  }

  it('waits at a form for what was typed, with the answers that come after it', () => {
    const { answers } = followCode(cobranca, readCode('COB·s.3').tokens);
    const waiting = walk(cobranca, { start: null, answers, inputs: {} });
    assert.equal(waiting.current, 'cadastro');
    assert.equal(walk(cobranca, { start: null, answers, inputs }).outcome, 'estornar');
  });

  it('takes the beginning of an option however long it is typed', () => {
    assert.equal(again(cobranca, 'cob: nao . sim . 3').walked.current, 'estornar');
  });

  it('stops at what the flow does not understand, and says which', () => {
    const { wrong, walked } = again(cobranca, 'COB·n.x.s');
    assert.equal(wrong, 'x');
    assert.equal(walked.current, 'identificar/busca');
    assert.equal(again(cobranca, 'COB·s.9').wrong, '9');
    assert.equal(again(cobranca, 'COB·@nada.s').wrong, 'nada');
  });

  it('is not every text', () => {
    for (const text of ['', 'a b', 'ana@example.com', '<b>', 'AUD·<s>', '12.345.678/0001-95x!']) assert.equal(readCode(text), null, text);
  });
});
