// @ts-check
/** What a reader does → the state after it. States are never changed in place. */

import { findNode, isStop } from './flow.js';
import { walk } from './walk.js';

/** @import { Answer, Flow, State, Walk } from './types.js' */

/** @returns {State} */
export function begin() {
  return { start: null, answers: {}, inputs: {} };
}

/**
 * Answers a node. Where a loop closes, what was done inside it is forgotten, so that it is walked anew.
 * @param {Flow} flow
 * @param {State} state
 * @param {string} key
 * @param {Answer} given
 * @returns {{state: State, key: string}} with the node to show next
 */
export function answer(flow, state, key, given) {
  const before = walk(flow, state);
  const repeated = before.looped && before.current === key;
  const kept = repeated ? withoutLoop(before, state.answers) : state.answers;
  const after = { ...state, answers: { ...kept, [key]: given } };
  const same = JSON.stringify(state.answers[key]) === JSON.stringify(given);
  const walked = walk(flow, after);
  return { state: after, key: same && !repeated ? stopAfter(flow, walked, key) : walked.current };
}

/**
 * Opens an address over what is known already: its answers win, the others are kept. Where it names a node that no
 * answer leads to, the walk begins there.
 * @param {Flow} flow
 * @param {State} state
 * @param {{node: string | null, answers: Record<string, Answer>}} address
 * @returns {{state: State, key: string}}
 */
export function open(flow, state, { node, answers }) {
  const known = { ...state, answers: { ...state.answers, ...answers } };
  const [first] = Object.keys(answers);
  const origin = first ?? node;
  if (origin === null) return show(flow, { ...known, start: null }, firstStop(flow));
  const fits = first === undefined ? [known, { ...known, start: null }] : [{ ...known, start: null }];
  const start = fits.find((each) => isOn(flow, walk(flow, each), origin)) ?? { ...known, start: origin };
  return show(flow, start, node ?? origin);
}

/**
 * The stop before a node, or the last one when the node is where the walk stands.
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {string} key
 * @returns {string | null}
 */
export function stopBefore(flow, walked, key) {
  const keys = stops(flow, walked);
  const at = key === walked.current ? keys.length : keys.indexOf(key);
  return keys[at - 1] ?? null;
}

/**
 * @param {Flow} flow
 * @param {State} state
 * @param {string} wanted shown when it is on the path, else the walk's current node
 */
function show(flow, state, wanted) {
  const walked = walk(flow, state);
  const key = isOn(flow, walked, wanted) ? wanted : walked.current;
  return { state, key };
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {string} key
 */
function stopAfter(flow, walked, key) {
  const keys = stops(flow, walked);
  return keys[keys.indexOf(key) + 1] ?? walked.current;
}

/** @param {Flow} flow */
function firstStop(flow) {
  const untouched = walk(flow, begin());
  return stops(flow, untouched)[0] ?? untouched.current;
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {string} key
 */
function isOn(flow, walked, key) {
  return key === walked.current || stops(flow, walked).includes(key);
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 */
function stops(flow, walked) {
  return walked.path.map(({ key }) => key).filter((key) => isStopKey(flow, key));
}

/**
 * @param {Flow} flow
 * @param {string} key
 */
function isStopKey(flow, key) {
  const place = findNode(flow, key);
  return place !== null && isStop(place);
}

/**
 * @param {Walk} walked
 * @param {Record<string, Answer>} answers
 */
function withoutLoop({ path, current }, answers) {
  const from = path.findIndex(({ key }) => key === current);
  const inside = new Set(path.slice(from).map(({ key }) => key));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !inside.has(key)));
}
