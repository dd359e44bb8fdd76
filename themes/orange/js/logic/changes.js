// @ts-check
/** The answers that a walk leaves behind, and the effect of a changed flow. */

import { findNode, isStop } from './flow.js';
import { titleOf, trail } from './record.js';

/** @import { Flow, Replay, State, Stop, Walk } from './types.js' */

/**
 * The answers that are on no path now; they are kept for a return to their path.
 * @param {Walk} walked
 * @returns {Stop[]} in the order in which they were first given
 */
export function abandoned(walked) {
  const { flow, state, path, current } = walked;
  const living = new Set([...path.map(({ key }) => key), current]);
  const left = Object.entries(state.answers).filter(([key]) => !living.has(key));
  return left.flatMap(([key, answer]) => {
    const place = findNode(flow, key);
    if (!place || !isStop(place)) return [];
    const labels = (place.node.options ?? []).filter(({ id }) => [answer].flat().includes(id)).map(({ label }) => label);
    const typed = place.node.ask.map((name) => state.inputs[name]?.trim()).filter(Boolean);
    return { key, title: titleOf(walked, place), answer: labels.join(', '), typed: typed.join(', ') };
  });
}

/**
 * Answers given under ids that a node had before.
 * @param {Flow} flow
 * @param {State} state
 * @returns {State}
 */
export function rename(flow, state) {
  const now = (/** @type {string} */ key) => findNode(flow, key)?.key ?? key;
  const answers = Object.fromEntries(Object.entries(state.answers).map(([key, answer]) => [now(key), answer]));
  return { ...state, start: state.start && now(state.start), answers };
}

/**
 * The answers of a flow that has changed since, walked again by their ids.
 * @param {Stop[]} was what was answered then, in the words of then
 * @param {Walk} now the same answers in the flow of now
 * @returns {Replay | null} where the reader has to look again; null where everything still holds
 */
export function replay(was, now) {
  const is = trail(now);
  for (const [at, stop] of was.entries()) {
    const key = findNode(now.flow, stop.key)?.key ?? null;
    if (key !== null && is[at]?.key === key) continue;
    const why = key === null ? 'node' : now.current === key ? 'answer' : 'path';
    return { stop: is[at]?.key ?? now.current, why, was: stop };
  }
  return null;
}
