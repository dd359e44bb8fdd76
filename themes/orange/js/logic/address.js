// @ts-check
/**
 * The fragment of a walk: `#NODE~cadastro:sim~x:nao`. NODE is shown; then come the answers in the order of the path,
 * `node:option`, `node:option,option`, or `node` alone for a step that was seen. Inputs never enter.
 */

import { findNode, isStop } from './flow.js';
import { encode } from './filters.js';
import { chosenOptions } from './walk.js';

/** @import { Answer, Flow, Walk } from './types.js' */

/**
 * @param {Walk} walked
 * @param {string} key the node shown
 * @returns {string} without `#`
 */
export function writeAddress(walked, key) {
  return [writeKey(key), ...walked.path.filter(({ answer }) => answer !== null).map(writeAnswer)].join('~');
}

/**
 * Whatever is not known in the flow is dropped, and so is what cannot be decoded.
 * @param {Flow} flow
 * @param {string} fragment with or without `#`
 * @returns {{node: string | null, answers: Record<string, Answer>}}
 */
export function readAddress(flow, fragment) {
  const [node, ...entries] = fragment.replace(/^#/, '').split('~');
  const answers = entries.map((entry) => readAnswer(flow, entry)).filter((answer) => answer !== null);
  return { node: findNode(flow, decode(node))?.key ?? null, answers: Object.fromEntries(answers) };
}

/** @param {{key: string, answer: Answer | null}} stop */
function writeAnswer({ key, answer }) {
  return answer === true ? writeKey(key) : `${writeKey(key)}:${[answer ?? []].flat().map(encode).join(',')}`;
}

/** @param {string} key */
function writeKey(key) {
  return key.split('/').map(encode).join('/');
}

/**
 * @param {Flow} flow
 * @param {string} entry
 * @returns {[string, Answer] | null}
 */
function readAnswer(flow, entry) {
  const [key, options] = entry.split(':');
  const place = findNode(flow, decode(key));
  if (!place) return null;
  if (options === undefined) return place.node.kind !== 'question' && isStop(place) ? [place.key, true] : null;
  const ids = chosenOptions(place, options.split(',').map(decode)).map(({ id }) => id);
  if (ids.length === 0) return null;
  return [place.key, place.node.multiple ? ids : ids[0]];
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
