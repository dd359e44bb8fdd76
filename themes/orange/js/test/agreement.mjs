/**
 * Walks flows for another program's comparison: `node agreement.mjs FILE`.
 *
 * FILE holds `[{ "flow": flow.json, "states": [{ "answers": {…}, "inputs": {…}, "passes": bool }] }]`; printed is a list a flow
 * of what each walk came to. A state that `passes` leaves steps and forms by itself, and may call a question of a called flow by
 * its bare id: a scenario is one. The Rust tests run this (`src/testing/agreement.rs`, `tests/integration/published.rs`).
 */
import { readFileSync } from 'node:fs';

import { findNode, isStop } from '../logic/flow.js';
import { titleOf, writeRecord } from '../logic/record.js';
import { fill } from '../logic/template.js';
import { namesOf, walk } from '../logic/walk.js';

/** Answers under the keys that nodes have now; those given under them win over those under old ones. */
function withKeysOfNow(flow, answers) {
  const found = Object.entries(answers).map(([key, given]) => ({ key, given, now: findNode(flow, key)?.key ?? key }));
  const sorted = [...found.filter(({ key, now }) => key !== now), ...found.filter(({ key, now }) => key === now)];
  return Object.fromEntries(sorted.map(({ now, given }) => [now, given]));
}

/** Walks as a reader who passes every step and form, and answers questions of called flows by their bare ids. */
function pass(flow, state) {
  for (;;) {
    const walked = walk(flow, state);
    const place = findNode(flow, walked.current);
    const waits = place && !walked.looped && walked.outcome === null && walked.missing.length === 0 && isStop(place);
    const answer = waits ? answerOf(flow, place, state.answers) : undefined;
    if (answer === undefined || Object.hasOwn(state.answers, place.key)) return walked;
    state = { ...state, answers: { ...state.answers, [place.key]: answer } };
  }
}

function answerOf(flow, { id, prefix, node, graph }, answers) {
  if (node.kind !== 'question') return true;
  const old = Object.keys(graph.aliases).filter((alias) => graph.aliases[alias] === id);
  const keys = old.map((alias) => prefix + alias);
  if (prefix !== '' && !findNode(flow, id)) keys.push(id);
  return answers[keys.find((key) => Object.hasOwn(answers, key))];
}

function tell(walked) {
  const { flow, path, current, outcome, missing, looped, values } = walked;
  const keys = [...path.map(({ key }) => key), ...(looped ? [] : [current])];
  const places = keys.flatMap((key) => findNode(flow, key) ?? []);
  return {
    path: path.map(({ key, answer }) => [key, answer]),
    current,
    outcome,
    missing,
    looped,
    values,
    titles: places.map((place) => titleOf(walked, place)),
    copied: places.flatMap(({ node, prefix }) => node.copy.map(({ label, text }) => [label, fill(text, namesOf(walked, prefix))])),
    record: writeRecord(walked),
  };
}

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = cases.map(({ flow, states }) => states.map(({ answers, inputs, passes }) => {
  const state = { start: null, answers: withKeysOfNow(flow, answers), inputs };
  return tell(passes ? pass(flow, state) : walk(flow, state));
}));
process.stdout.write(JSON.stringify(results));
