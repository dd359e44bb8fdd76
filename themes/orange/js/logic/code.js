// @ts-check
/**
 * The path code: a walk in a few letters that can be read over the phone, `AUD·n.1.s.cl`. First the flow; then, for each
 * question on the path, the shortest beginning of the option's id that no other option shares (`t+b` of several); for each
 * branch that a typed value decided, the number of its rule; last, `+2` when two screens without a question follow. Inputs
 * are never in it.
 */

import { isDecidedByInputs } from './decided.js';
import { findNode, isStop } from './flow.js';
import { chosenOptions } from './walk.js';

/** @import { Answer, Flow, Node, Place, Walk } from './types.js' */

/** @param {Walk} walked */
export function writeCode({ flow, path, current, state }) {
  /** @type {string[]} */
  const tokens = state.start === null ? [] : [`@${state.start}`];
  let silent = 0;
  for (const [at, { key, answer }] of path.entries()) {
    const place = findNode(flow, key);
    const token = place && tokenOf(flow, place, answer, path[at + 1]?.key ?? current);
    if (token) tokens.push(token);
    silent = token ? 0 : silent + (place && isStop(place) ? 1 : 0);
  }
  if (silent > 0) tokens.push(`+${silent}`);
  return [flow.code, tokens.join('.')].filter(Boolean).join('·');
}

/**
 * @param {Flow} flow
 * @param {Place} place
 * @param {Answer | null} answer
 * @param {string} next the key that followed
 */
function tokenOf(flow, place, answer, next) {
  const { node, prefix } = place;
  if (node.kind === 'question' && answer !== null) return chosenOptions(node, answer).map(({ id }) => shorten(node, id)).join('+');
  if (node.kind !== 'branch' || !isDecidedByInputs(flow, place)) return null;
  const rule = (node.rules ?? []).findIndex((each) => prefix + each.next === next);
  return rule < 0 ? null : String(rule + 1);
}

/**
 * @param {Node} node
 * @param {string} id
 */
function shorten({ options = [] }, id) {
  const others = options.filter((option) => option.id !== id).map((option) => option.id);
  for (let length = 1; length < id.length; length += 1) {
    const beginning = id.slice(0, length);
    if (!beginning.endsWith('-') && !others.some((other) => other.startsWith(beginning))) return beginning;
  }
  return id;
}
