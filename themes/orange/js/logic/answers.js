// @ts-check
/** An action of the reader → the next state. States are immutable. */

import { findNode, isStop } from './flow.js';
import { walk } from './walk.js';

/** @import { Address, Answer, Flow, Next, State, Walk } from './types.js' */

/** @returns {State} */
export function begin() {
  return { start: null, answers: {}, inputs: {} };
}

/**
 * At the end of a loop its answers are deleted, so that it is walked again.
 * @param {Walk} walked
 * @param {string} key
 * @param {Answer} given
 */
export function answer({ flow, state, path, current, looped }, key, given) {
  const repeated = looped && current === key;
  const inside = repeated ? path.slice(path.findIndex((stop) => stop.key === key)) : [];
  const kept = Object.entries(state.answers).filter(([each]) => !inside.some((stop) => stop.key === each));
  const after = walk(flow, { ...state, answers: { ...Object.fromEntries(kept), [key]: given } });
  const same = !repeated && String(state.answers[key]) === String(given);
  return { state: after.state, key: same ? stopAfter(after, key) : after.current };
}

/**
 * The answers of an address replace known ones. Where none leads to its node, the walk begins there.
 * @param {Flow} flow
 * @param {State} state
 * @param {Address} address
 * @returns {Next}
 */
export function open(flow, state, { node, first, answers }) {
  const known = { ...state, answers: { ...state.answers, ...answers } };
  const origin = first ?? node;
  const starts = [...(first === null && origin !== null ? [known.start] : []), null, origin];
  const walks = starts.map((start) => walk(flow, { ...known, start }));
  const walked = walks.find((each) => origin === null || isOn(each, origin)) ?? walks[walks.length - 1];
  const wanted = node ?? origin ?? stops(walked)[0] ?? walked.current;
  return { state: walked.state, key: isOn(walked, wanted) ? wanted : walked.current };
}

/**
 * @param {Walk} walked
 * @param {string} key
 */
export function stopBefore(walked, key) {
  const keys = stops(walked);
  const at = key === walked.current ? keys.length : keys.indexOf(key);
  return keys[at - 1] ?? null;
}

/**
 * @param {Walk} walked
 * @param {string} key
 */
export function stopAfter(walked, key) {
  const keys = stops(walked);
  return keys[keys.indexOf(key) + 1] ?? walked.current;
}

/**
 * @param {Walk} walked
 * @param {string} key
 */
function isOn(walked, key) {
  return key === walked.current || stops(walked).includes(key);
}

/** @param {Walk} walked */
function stops({ flow, path }) {
  return path.map(({ key }) => key).filter((key) => {
    const place = findNode(flow, key);
    return place && isStop(place);
  });
}
