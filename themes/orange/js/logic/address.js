// @ts-check
/**
 * The fragment of a walk: `#NODE~cadastro:sim~x:a,b~step`. NODE is shown; the answers follow in the order of the path.
 * Inputs are never in it.
 */

import { encode } from './filters.js';
import { findNode, isStop } from './flow.js';
import { chosenOptions } from './walk.js';

/** @import { Address, Answer, Flow, Walk } from './types.js' */

/**
 * @param {Walk} walked
 * @param {string} key the node shown
 */
export function writeAddress({ path }, key) {
  const answers = path.flatMap(({ key, answer }) => {
    if (answer === null) return [];
    return answer === true ? writeKey(key) : `${writeKey(key)}:${[answer].flat().map(encode).join(',')}`;
  });
  return [writeKey(key), ...answers].join('~');
}

/**
 * The nodes of the flow itself on the path, with the chosen options: `cadastro:sim horario estornar`.
 * @param {Walk} walked
 */
export function writePath({ path, current }) {
  const stops = path.map(({ key, answer }) => (answer === null || answer === true ? key : `${key}:${[answer].flat().join(',')}`));
  return [...stops, current].filter((stop) => !stop.includes('/')).join(' ');
}

/**
 * Unknown nodes and options are dropped. An object puts keys such as `24` before all others, so the first one is kept too.
 * @param {Flow} flow
 * @param {string} fragment
 */
export function readAddress(flow, fragment) {
  const [node, ...entries] = fragment.replace(/^#/, '').split('~');
  const answers = entries.flatMap((entry) => readAnswer(flow, entry));
  return {
    node: findNode(flow, decode(node))?.key ?? null,
    first: answers[0]?.[0] ?? null,
    answers: Object.fromEntries(answers),
  };
}

/** @param {string} key */
function writeKey(key) {
  return key.split('/').map(encode).join('/');
}

/**
 * @param {Flow} flow
 * @param {string} entry
 * @returns {[string, Answer][]} one or none
 */
function readAnswer(flow, entry) {
  const [key, options] = entry.split(':');
  const place = findNode(flow, decode(key));
  if (!place) return [];
  if (options === undefined) return isStop(place) && place.node.kind !== 'question' ? [[place.key, true]] : [];
  const ids = chosenOptions(place.node, options.split(',').map(decode)).map(({ id }) => id);
  return ids.length === 0 ? [] : [[place.key, place.node.multiple ? ids : ids[0]]];
}

/**
 * Empty for invalid percent-encoding.
 * @param {string} text
 */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
