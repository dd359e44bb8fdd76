import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readAddress, writeAddress } from '../logic/address.js';
import { answer, begin, open, stopBefore } from '../logic/answers.js';
import { walk } from '../logic/walk.js';
import { cobranca, sinais, tentativa } from './flows.js';

const CNPJ = '12.345.678/0001-95';
const known = { ...begin(), inputs: { cnpj: CNPJ, email: '', aberto: '13/10/2026 10:00', valor: '90' } };
const done = { ...known, answers: { cadastro: 'nao', 'identificar/busca': 'sim', horario: true } };
const step = (flow, state, key, given) => answer(walk(flow, state), key, given);
const openAt = (flow, state, fragment) => open(flow, state, readAddress(flow, fragment));

describe('answer', () => {
  it('goes on to the next node', () => {
    assert.equal(step(cobranca, known, 'cadastro', 'nao').key, 'identificar/busca');
  });

  it('keeps answers when an earlier one changes', () => {
    const { state, key } = step(cobranca, done, 'cadastro', 'sim');
    assert.equal(key, 'estornar', 'the form after it was sent already');
    assert.equal(state.answers['identificar/busca'], 'sim', 'off the path, kept in case the reader comes back');
    assert.equal(step(cobranca, state, 'cadastro', 'nao').key, 'estornar');
  });

  it('goes to the next stop when the answer is the same', () => {
    assert.equal(step(cobranca, done, 'cadastro', 'nao').key, 'identificar/busca');
    assert.equal(step(cobranca, done, 'horario', true).key, 'estornar');
  });

  it('walks a loop anew each time', () => {
    const first = step(tentativa, begin(), 'funcionou', 'nao');
    const second = step(tentativa, first.state, 'reiniciar', true);
    assert.deepEqual([first.key, second.key], ['reiniciar', 'funcionou']);
    assert.equal(step(tentativa, second.state, 'funcionou', 'nao').key, 'reiniciar');
    assert.equal(step(tentativa, second.state, 'funcionou', 'sim').key, 'fim');
  });

  it('does not change the state it was given', () => {
    const before = structuredClone(done);
    step(cobranca, done, 'cadastro', 'sim');
    assert.deepEqual(done, before);
  });
});

describe('stopBefore', () => {
  it('goes back over what has no screen', () => {
    const walked = walk(cobranca, done);
    assert.equal(stopBefore(walked, 'estornar'), 'horario');
    assert.equal(stopBefore(walked, 'horario'), 'identificar/busca');
    assert.equal(stopBefore(walked, 'identificar/busca'), 'cadastro');
    assert.equal(stopBefore(walked, 'cadastro'), null);
  });
});

describe('the address', () => {
  it('tells the node and the answers by their ids', () => {
    assert.equal(writeAddress(walk(cobranca, known), 'cadastro'), 'cadastro');
    assert.equal(writeAddress(walk(cobranca, done), 'estornar'), 'estornar~cadastro:nao~identificar/busca:sim~horario');
    assert.equal(writeAddress(walk(sinais, { ...begin(), answers: { inicio: true, sinais: ['lento', 'erro'] } }), 'urgente'), 'urgente~inicio~sinais:lento,erro');
  });

  it('never tells an input', () => {
    assert.doesNotMatch(writeAddress(walk(cobranca, done), 'estornar'), /123|95|90|2026/);
  });

  it('comes back as it was written', () => {
    for (const [flow, state] of [[cobranca, done], [sinais, { ...begin(), answers: { inicio: true, sinais: ['lento', 'erro'] } }]]) {
      const walked = walk(flow, state);
      const read = readAddress(flow, `#${writeAddress(walked, walked.current)}`);
      assert.equal(read.node, walked.current);
      assert.deepEqual(read.answers, state.answers);
    }
  });

  it('drops what the flow does not know', () => {
    const { node, answers } = readAddress(cobranca, '#nada~cadastro:talvez~x:sim~cadastro~horario:sim~identificar/busca:sim~identificar/x:y~identificar');
    assert.equal(node, null);
    assert.deepEqual(answers, { 'identificar/busca': 'sim' });
  });

  it('resolves old ids', () => {
    assert.deepEqual(readAddress(cobranca, '#antigo~cadastro-ativo:sim'), { node: 'estornar', first: 'cadastro', answers: { cadastro: 'sim' } });
  });

  it('begins at the first answer, also before ids that are numbers', () => {
    const numbered = JSON.parse(JSON.stringify(cobranca).replaceAll('"horario"', '"24"'));
    assert.equal(readAddress(numbered, '#24~cadastro:nao~24').first, 'cadastro');
    const { state, key } = openAt(numbered, begin(), '#24~cadastro:nao~identificar/busca:sim~24');
    assert.deepEqual([state.start, key], [null, openAt(cobranca, begin(), '#horario~cadastro:nao~identificar/busca:sim~horario').key.replace('horario', '24')]);
  });

  it('reads percent-encoding', () => {
    assert.deepEqual(readAddress(cobranca, '#cadastr%6F~cadastro%2Dativo:s%69m').answers, { cadastro: 'sim' });
  });

  it('keeps only one answer of a question that takes one', () => {
    assert.deepEqual(readAddress(cobranca, '#cadastro~cadastro:nao,sim').answers, { cadastro: 'nao' });
    assert.deepEqual(readAddress(sinais, '#fim~sinais:erro,x,lento').answers, { sinais: ['lento', 'erro'] });
  });

  it('survives rubbish', () => {
    const rubbish = ['', '#', '~', '#~~~', '#%', '#%E0%A4%A~%', '#:', '#::~:::', '#/', '#//~/:/', '#__proto__~__proto__:x~constructor:y', '#<img src=x onerror=alert(1)>',
      '#cadastro~cadastro:%00', '#?ticket=1', `#${'a~'.repeat(9999)}`, '#cadastro/cadastro/cadastro', '#\u{10FFFF}~\uD800', 'javascript:alert(1)'];
    for (const fragment of rubbish) {
      const { answers } = readAddress(cobranca, fragment);
      assert.deepEqual(answers, {}, fragment);
      assert.ok(openAt(cobranca, begin(), fragment).key, fragment);
    }
  });
});

describe('open', () => {
  it('shows the first node when the address says nothing', () => {
    assert.equal(openAt(cobranca, begin(), '').key, 'cadastro');
    assert.equal(openAt(cobranca, done, '').key, 'cadastro');
    assert.deepEqual(openAt(cobranca, done, '').state.answers, done.answers);
  });

  it('begins at a node nobody answered the way to', () => {
    const { state, key } = openAt(cobranca, begin(), '#horario');
    assert.deepEqual([state.start, key], ['horario', 'horario']);
  });

  it('needs no other beginning for the first node', () => {
    assert.equal(openAt(cobranca, begin(), '#cadastro').state.start, null);
    assert.equal(openAt(cobranca, begin(), '#cadastro-ativo').state.start, null);
  });

  it('opens a node that the answers lead to', () => {
    const { state, key } = openAt(cobranca, known, '#horario~cadastro:sim');
    assert.deepEqual([state.start, key], [null, 'horario']);
  });

  it('stops where an input of the address is not known', () => {
    const { state, key } = openAt(cobranca, begin(), '#horario~cadastro:sim');
    assert.deepEqual([state.start, key], [null, 'cadastro']);
    assert.equal(state.answers.cadastro, 'sim', 'kept until the input is typed');
  });

  it('finds a beginning again by the first answer', () => {
    const { state, key } = openAt(cobranca, known, '#estornar~horario');
    assert.deepEqual([state.start, key], ['horario', 'estornar']);
  });

  it('goes back and forth without losing later answers', () => {
    const back = openAt(cobranca, done, '#identificar/busca~cadastro:nao');
    assert.equal(back.key, 'identificar/busca');
    assert.equal(walk(cobranca, back.state).outcome, 'estornar');
  });

  it('lets the answers of the address win', () => {
    const { state, key } = openAt(cobranca, done, '#horario~cadastro:sim');
    assert.equal(state.answers.cadastro, 'sim');
    assert.equal(key, 'horario');
  });

  it('keeps a beginning while its nodes are visited', () => {
    const first = openAt(cobranca, known, '#horario');
    const sent = step(cobranca, first.state, 'horario', true);
    assert.equal(openAt(cobranca, sent.state, '#horario').state.start, 'horario');
    assert.equal(openAt(cobranca, sent.state, '#cadastro').state.start, null);
  });

  it('enters a call', () => {
    assert.equal(openAt(cobranca, begin(), '#identificar').key, 'identificar/busca');
  });
});
