/**
 * What holds of every walk, over drawn readers of the flows of this site and of the fixture: fast-check draws, and shrinks
 * what fails. The program itself walks the same answers.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

import { readAddress, writeAddress } from '../../themes/orange/js/logic/address.js';
import { answer, begin } from '../../themes/orange/js/logic/answers.js';
import { abandoned, replay } from '../../themes/orange/js/logic/changes.js';
import { readCode } from '../../themes/orange/js/logic/code-text.js';
import { writeCode } from '../../themes/orange/js/logic/code.js';
import { allInputs, findInput, findNode } from '../../themes/orange/js/logic/flow.js';
import { followCode } from '../../themes/orange/js/logic/follow-code.js';
import { zoneOf } from '../../themes/orange/js/logic/inputs.js';
import { readPaste } from '../../themes/orange/js/logic/paste.js';
import { titleOf, trail } from '../../themes/orange/js/logic/record.js';
import { plainTicket, writeTicket } from '../../themes/orange/js/logic/ticket.js';
import { walk } from '../../themes/orange/js/logic/walk.js';

const vereda = process.env.VEREDA;
const repository = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST = 40;
const RUNS = Number(process.env.VEREDA_DRAWN ?? 300);

const folder = mkdtempSync(join(tmpdir(), 'vereda-properties-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const flows = [
  [repository, ['whatsapp/atendimento', 'whatsapp/auditoria', 'whatsapp/posicionamento', 'whatsapp/sem-organizacao']],
  [join(repository, 'tests/fixtures/browser/walk'), ['conserto', 'aviso']],
].flatMap(([root, names], at) => {
  const out = join(folder, String(at));
  execFileSync(vereda, ['build', '--quiet', '--root', root, '--out', out]);
  return names.map((name) => ({ root, name, flow: JSON.parse(readFileSync(join(out, name, 'flow.json'), 'utf8')) }));
});

/** Texts that an input takes, on both sides of what this site's rules compare. */
function textsFor({ type, example, min, choices = [] }) {
  if (choices.length > 0) return choices.map(({ id }) => id);
  if (type === 'datetime') return ['2026-11-18T10:20', '18/11/2026 19:00', '2026-11-21T10:20'];
  if (type === 'date') return ['13/10/2026', '2026-12-25'];
  if (type === 'money') return [String(min ?? 1), '100', '850,00'];
  if (type === 'cnpj') return ['12.345.678/0001-95', '11.222.333/0001-81', '12.ABC.345/01DE-35'];
  return [example ?? 'Ana', ...(type === 'text' && !example ? ['Luz'] : [])];
}

/** A flow, what a reader would type, and which option is chosen at each screen. */
const reader = fc.record({
  site: fc.constantFrom(...flows),
  picks: fc.array(fc.nat(11), { maxLength: LONGEST }),
  typed: fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }),
});

/** The walk of a drawn reader, screen by screen, with the lines that say the same to the program. */
function read({ site: { flow }, picks, typed }) {
  const texts = Object.fromEntries(Object.entries(allInputs(flow)).map(([name, input], at) => [name, textsFor(input)[typed[at % 12] % textsFor(input).length]]));
  let walked = walk(flow, begin());
  const lines = [];
  for (const pick of picks) {
    const place = findNode(flow, walked.current);
    if (walked.outcome !== null || walked.looped) break;
    const asked = place.node.ask.filter((name) => walked.state.inputs[name] === undefined);
    lines.push(...asked.map((name) => texts[name]));
    const inputs = { ...walked.state.inputs, ...Object.fromEntries(asked.map((name) => [name, texts[name]])) };
    const { options = [], multiple, kind } = place.node;
    const option = kind === 'question' ? options[pick % options.length] : null;
    if (option || kind === 'step') lines.push(option ? String(options.indexOf(option) + 1) : '');
    const next = answer(walk(flow, { ...walked.state, inputs }), place.key, option ? (multiple ? [option.id] : option.id) : true);
    walked = walk(flow, next.state);
  }
  return { flow, walked, lines };
}

const holds = (name, property, runs = RUNS) => it(name, () => fc.assert(fc.property(reader, (drawn) => property(read(drawn), drawn)), { numRuns: runs }));

describe('of every walk', () => {
  holds('the address tells the answers of its path', ({ flow, walked }) => {
    const { node, answers } = readAddress(flow, writeAddress(walked, walked.current));
    assert.equal(node, walked.current);
    const given = walked.path.filter((stop) => stop.answer !== null).map((stop) => [stop.key, stop.answer]);
    assert.deepEqual(answers, Object.fromEntries(given));
  });

  holds('the path code opens the same path once the same is typed', ({ flow, walked }) => {
    fc.pre(!walked.looped);
    const { tokens } = readCode(writeCode(walked));
    const { start, answers, wrong } = followCode(flow, tokens);
    assert.equal(wrong, null);
    const again = walk(flow, { start, answers, inputs: walked.state.inputs });
    assert.deepEqual([again.path, again.current, again.outcome], [walked.path, walked.current, walked.outcome]);
  });

  holds('the path code holds nothing that was typed', ({ walked }) => {
    const code = writeCode(walked);
    for (const text of Object.values(walked.state.inputs)) assert.ok(text.length < 4 || !code.includes(text.toLowerCase()), code);
  });

  holds('an answer that is changed and changed back leaves everything as it was', ({ flow, walked }, { picks }) => {
    const questions = walked.path.filter(({ key }) => findNode(flow, key).node.kind === 'question');
    fc.pre(questions.length > 0 && !walked.looped);
    const { key, answer: was } = questions[(picks[0] ?? 0) % questions.length];
    const { options, multiple } = findNode(flow, key).node;
    const other = options[(picks[1] ?? 1) % options.length].id;
    const changed = walk(flow, answer(walked, key, multiple ? [other] : other).state);
    fc.pre(!changed.looped);
    const living = new Set([...changed.path.map((stop) => stop.key), changed.current]);
    for (const stop of walked.path) assert.equal(stop.answer !== null && !living.has(stop.key), abandoned(changed).some((each) => each.key === stop.key), stop.key);
    const back = walk(flow, answer(changed, key, was).state);
    assert.deepEqual([back.path, back.current, back.outcome], [walked.path, walked.current, walked.outcome]);
  });

  holds('the record holds only what is on the living path', ({ flow, walked }) => {
    const living = [...walked.path.map(({ key }) => key), walked.current].map((key) => findNode(flow, key));
    const asked = new Set(living.flatMap(({ node }) => node.ask));
    const marked = Object.fromEntries(Object.keys(allInputs(flow)).filter((name) => !asked.has(name)).map((name) => [name, `marca-${name}`]));
    const again = walk(flow, { ...walked.state, inputs: { ...walked.state.inputs, ...marked } });
    const record = plainTicket(writeTicket(again, 'hoje', { outcome: 'Desfecho', status: 'Status', code: 'Código', open: 'aberto' }));
    assert.ok(!record.includes('marca-'), record);
  });

  holds('the same flow stops nobody', ({ walked }) => assert.equal(replay(trail(walked), walked), null));

  holds('a pasted box gives back what stands in it', ({ flow }, { typed }) => {
    const inputs = Object.entries(allInputs(flow)).filter(([, { type }]) => type !== 'choice');
    const values = inputs.map(([name, input], at) => [name, input, textsFor(input)[typed[at % 12] % textsFor(input).length]]);
    const box = values.map(([, input, text]) => `${input.label}: ${text}`).join('\n');
    const found = readPaste(box, inputs.map(([name, input]) => ({ name, input })), zoneOf(flow));
    for (const [name, , text] of values) assert.ok(found.find((each) => each.name === name)?.texts.includes(text), `${name} in ${box}`);
  });
});

it('the program reaches the node that the page reaches', () => {
  fc.assert(
    fc.property(reader, (drawn) => {
      const { flow, walked, lines } = read(drawn);
      fc.pre(walked.outcome !== null);
      const { root, name } = drawn.site;
      const told = spawnSync(vereda, ['walk', name, '--root', root], { input: `${lines.join('\n')}\n`, encoding: 'utf8' });
      assert.equal(told.status, 0, `${lines.join('|')}\n${told.stdout}${told.stderr}`);
      const { number } = findNode(flow, walked.outcome).node;
      const title = titleOf(walked, findNode(flow, walked.outcome));
      assert.ok(told.stdout.includes(`\n${number}. ${title}`), told.stdout);
      for (const { key } of walked.path) {
        const place = findNode(flow, key);
        if (place.node.ask.some((each) => findInput(flow, place.graph, each)) || place.node.kind === 'question') assert.ok(told.stdout.includes(titleOf(walked, place)), key);
      }
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});
