import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { begin } from '../logic/answers.js';
import { addWalk, noCounts } from '../logic/counts.js';
import { keepWalk } from '../logic/identity.js';
import { mask } from '../logic/mask.js';
import { findNextTimer, findSame, isSession, isUntouched, makeSession, put, formatDuration, formatRemaining } from '../logic/sessions.js';
import { walk } from '../logic/walk.js';
import { cobranca } from './flows.js';

const made = (id, others = [], more = {}) => ({ ...makeSession({ id, begun: 0, version: 'v', state: begin() }, cobranca, others), ...more });
const touched = (id, others) => made(id, others, { name: id });
const kept = (id, cnpj, flow = cobranca) => {
  const state = { ...begin(), inputs: { cnpj, valor: '90' }, answers: { cadastro: 'sim' } };
  return keepWalk(made(id), walk(flow, state), { key: 'horario', whole: false, version: 'v' });
};

describe('sessions', () => {
  it('take the smallest number that is free', () => {
    const one = touched('a', []);
    const two = touched('b', [one]);
    assert.deepEqual([one.number, two.number], [1, 2]);
    assert.equal(touched('c', [two]).number, 1);
    assert.equal(touched('c', [one, two]).number, 3);
  });

  it('that nobody touched are gone when another comes', () => {
    const one = made('a');
    assert.ok(isUntouched(one));
    assert.deepEqual(put([one], made('b')).map(({ id }) => id), ['b']);
    assert.deepEqual(put([touched('b', [one])], one).map(({ id }) => id), ['a', 'b']);
  });

  it('are called by the first value that is not private', () => {
    const { label, trail } = kept('a', '12.345.678/0001-95');
    assert.equal(label, '…0195', 'the last characters of a private one');
    assert.deepEqual(trail.map(({ key }) => key), ['cadastro']);
    const open = { ...cobranca, inputs: { ...cobranca.inputs, cnpj: { ...cobranca.inputs.cnpj, private: false } } };
    assert.equal(kept('a', '12.345.678/0001-95', open).label, '12.345.678/0001-95');
  });

  it('that have the same value are found in any notation', () => {
    const one = kept('a', '12.345.678/0001-95');
    const two = kept('b', '12345678000195');
    assert.deepEqual(findSame([one, two], two, 'cnpj'), [one]);
    assert.deepEqual(findSame([one], one, 'cnpj'), [], 'not with itself');
    assert.deepEqual(findSame([one], kept('b', '11.222.333/0001-81'), 'cnpj'), []);
    assert.deepEqual(findSame([kept('a', '')], kept('b', ''), 'cnpj'), []);
    assert.deepEqual(findSame([one], two, 'valor'), [], 'an amount is no identity');
  });

  it('tell which timer ends first', () => {
    const timer = (deadline) => ({ text: 't', deadline, notify: false, announced: false });
    const one = made('a', [], { timers: { x: timer(30), y: timer(10) } });
    const two = made('b', [], { timers: { z: timer(20) } });
    assert.equal(findNextTimer([one, two]).timer.deadline, 10);
    assert.equal(findNextTimer([made('a')]), null);
  });
});

describe('time', () => {
  it('is in minutes and hours, and the rest in seconds', () => {
    assert.deepEqual([0, 59_999, 60_000, 3_900_000].map(formatDuration), ['0 min', '0 min', '1 min', '1 h 05']);
    assert.deepEqual([-5, 999, 61_000, 5_399_000].map(formatRemaining), ['0:00', '0:01', '1:01', '1:29:59']);
  });
});

describe('a mask', () => {
  it('writes what is complete as is the custom, and leaves the rest', () => {
    assert.equal(mask('cnpj', '12abc34501de35'), '12.ABC.345/01DE-35');
    assert.equal(mask('cnpj', '12.345.678/0001-95'), '12.345.678/0001-95');
    assert.equal(mask('cnpj', '123'), '123');
    assert.equal(mask('cpf', '52998224725'), '529.982.247-25');
    assert.equal(mask('text', '52998224725'), '52998224725');
  });
});

describe('counts', () => {
  const inputs = { cnpj: '12.345.678/0001-95', aberto: '13/10/2026 10:00', valor: '90', email: '' };
  const walked = walk(cobranca, { ...begin(), inputs, answers: { cadastro: 'nao', 'identificar/busca': 'sim', horario: true } });

  it('add a walk that came to its end, by ids, without the nodes of called flows', () => {
    const twice = addWalk(addWalk(noCounts(cobranca), walked), walked);
    assert.deepEqual(twice, {
      version: 1, flow: '/cobranca/', walks: 2,
      nodes: { cadastro: 2, identificar: 2, horario: 2, estornar: 2 }, options: { cadastro: { nao: 2 } }, outcomes: { estornar: 2 },
    });
  });

  it('hold nothing that was typed, nor a walk that goes on', () => {
    assert.doesNotMatch(JSON.stringify(addWalk(noCounts(cobranca), walked)), /345|2026/);
    const open = walk(cobranca, begin());
    assert.deepEqual(addWalk(noCounts(cobranca), open), noCounts(cobranca));
  });
});

describe('what was kept', () => {
  it('is a session only when it is whole', () => {
    assert.ok(isSession(JSON.parse(JSON.stringify(kept('a', '')))));
    for (const broken of [null, 1, [], {}, { ...made('a'), number: '<b>' }, { ...made('a'), state: { answers: {}, inputs: [] } }, { ...made('a'), state: { answers: {}, inputs: { cnpj: 1 } } }, { ...made('a'), ticks: 'x' }]) {
      assert.ok(!isSession(broken), JSON.stringify(broken));
    }
  });
});
