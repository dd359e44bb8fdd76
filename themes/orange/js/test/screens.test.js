import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { begin } from '../logic/answers.js';
import { answerScreen, screenAt, screenBefore } from '../logic/screens.js';
import { walk } from '../logic/walk.js';
import { sinais, tentativa } from './flows.js';

/** Five steps, one with a field and one with a link, before a question. */
const longo = structuredClone(sinais);
const step = (number, next, more = {}) => ({ kind: 'step', number, title: `Passo ${number}`, ask: [], links: [], copy: [], checklist: [], next, ...more });
longo.start = 'a';
longo.nodes = {
  a: step(1, 'b'), b: step(2, 'c'), c: step(3, 'd'), d: step(4, 'campo'),
  campo: step(5, 'abrir', { ask: ['peso'] }), abrir: step(6, 'sinais', { links: [{ label: 'Abrir', url: 'https://example.com/' }] }),
  sinais: { ...sinais.nodes.sinais, number: 7 }, decidir: { ...sinais.nodes.decidir, number: 8 },
  urgente: { ...sinais.nodes.urgente, number: 9 }, fim: { ...sinais.nodes.fim, number: 10 },
};

const keys = (walked, key) => screenAt(walked, key).map((place) => place.key);
const at = (flow, answers = {}, inputs = {}) => walk(flow, { ...begin(), answers, inputs });
const done = (...names) => Object.fromEntries(names.map((name) => [name, true]));

describe('screenAt', () => {
  it('puts a step above the question that follows', () => {
    assert.deepEqual(keys(at(sinais), 'inicio'), ['inicio', 'sinais']);
  });

  it('stops after three steps', () => {
    assert.deepEqual(keys(at(longo), 'a'), ['a', 'b', 'c', 'd']);
  });

  it('waits for an empty field', () => {
    assert.deepEqual(keys(at(longo, done('a', 'b', 'c', 'd')), 'campo'), ['campo']);
    assert.deepEqual(keys(at(longo, done('a', 'b', 'c', 'd'), { peso: '2' }), 'campo'), ['campo', 'abrir']);
  });

  it('opens an answered form alone', () => {
    assert.deepEqual(keys(at(longo, done('a', 'b', 'c', 'd', 'campo'), { peso: '2' }), 'campo'), ['campo']);
  });

  it('leaves an outcome alone', () => {
    const flow = structuredClone(sinais);
    flow.nodes.inicio.next = 'fim';
    assert.deepEqual(keys(at(flow), 'inicio'), ['inicio']);
  });

  it('ends at a loop', () => {
    assert.deepEqual(keys(at(tentativa, { funcionou: 'nao' }), 'reiniciar'), ['reiniciar']);
  });
});

describe('screenBefore', () => {
  it('goes to the first step above the stop before', () => {
    const walked = at(longo, { ...done('a', 'b', 'c', 'd', 'campo', 'abrir'), sinais: ['nada'] }, { peso: '2' });
    assert.equal(screenBefore(walked, 'fim'), 'abrir');
    assert.equal(screenBefore(walked, 'abrir'), 'b');
    assert.equal(screenBefore(walked, 'd'), 'a');
    assert.equal(screenBefore(walked, 'a'), null);
  });
});

describe('answerScreen', () => {
  it('counts the steps above as done', () => {
    const { state, key } = answerScreen(at(sinais), ['inicio', 'sinais'], ['nada']);
    assert.deepEqual([state.answers, key], [{ inicio: true, sinais: ['nada'] }, 'fim']);
  });

  it('answers one node alone', () => {
    const { state, key } = answerScreen(at(sinais), ['inicio'], true);
    assert.deepEqual([state.answers, key], [{ inicio: true }, 'sinais']);
  });
});
