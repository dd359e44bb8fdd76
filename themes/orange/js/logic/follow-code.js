// @ts-check
/** A path code → the answers that it holds (see code.js). */

import { holds } from './conditions.js';
import { isDecidedByInputs } from './decided.js';
import { findCalled, findNode, isStop } from './flow.js';
import { comeBack } from './walk.js';

/** @import { Answer, CodedPath, Flow, Node, Place } from './types.js' */

/**
 * The answers of a code. Typed values are unknown: forms count as sent, and the numbers of rules replace what they decided.
 * @param {Flow} flow
 * @param {string[]} tokens
 * @returns {CodedPath} `wrong` is the first that the flow does not understand, `at` the node where it stood
 */
export function followCode(flow, tokens) {
  const start = tokens[0]?.startsWith('@') ? tokens[0].slice(1) : null;
  const left = tokens.slice(start === null ? 0 : 1);
  /** @type {Record<string, Answer>} */
  const answers = {};
  const passed = new Set();
  let place = findNode(flow, start ?? flow.start);
  if (!place) return { start: null, answers, wrong: start, at: flow.start };
  let at = place.key;
  while (place && !passed.has(place.key) && (left.length > 0 || !isStop(place))) {
    passed.add(place.key);
    at = place.key;
    const step = follow(flow, place, left[0], answers);
    if (step && step.answer !== null) answers[place.key] = step.answer;
    if (step?.used) left.shift();
    place = step && findNode(flow, step.next);
  }
  return { start, answers, wrong: left[0] ?? null, at };
}

/**
 * One step along a code.
 * @param {Flow} flow
 * @param {Place} place
 * @param {string | undefined} token
 * @param {Record<string, Answer>} answers
 * @returns {{next: string, answer: Answer | null, used: boolean} | null} null where the token means nothing
 */
function follow(flow, place, token, answers) {
  const { node, key, prefix } = place;
  if (node.kind === 'question') {
    const ids = findOptions(node, token ?? '');
    const first = node.options?.find(({ id }) => id === ids[0]);
    return first ? { next: prefix + first.next, answer: node.multiple ? ids : ids[0], used: true } : null;
  }
  const answer = isStop(place) ? true : null;
  const used = answer === true && token === '+';
  if (node.kind === 'call') return { next: `${key}/${findCalled(flow, place)?.start}`, answer, used };
  if (node.kind === 'outcome') return prefix === '' ? null : { next: comeBack(flow, place) ?? '', answer, used };
  if (node.kind === 'step') return { next: `${prefix}${node.next}`, answer, used };
  const isCoded = isDecidedByInputs(flow, place);
  const rule = isCoded ? node.rules?.[Number(token) - 1] : findRule(flow, place, answers);
  return rule ? { next: prefix + rule.next, answer, used: used || isCoded } : null;
}

/**
 * @param {Node} node
 * @param {string} token
 */
function findOptions({ options = [], multiple }, token) {
  const beginnings = token.split('+');
  const found = beginnings.map((beginning) => {
    /** @param {import('./types.js').Option[]} matching */
    const only = (matching) => (beginning && matching.length === 1 ? matching[0] : null);
    const begins = (/** @type {string} */ name) => name.startsWith(beginning);
    return (
      options.find(({ id }) => id === beginning) ??
      only(options.filter(({ id }) => begins(id))) ??
      only(options.filter(({ aliases = [] }) => aliases.some(begins)))
    );
  });
  if (found.includes(null) || (!multiple && found.length > 1)) return [];
  return options.filter((option) => found.includes(option)).map(({ id }) => id);
}

/**
 * @param {Flow} flow
 * @param {Place} place
 * @param {Record<string, Answer>} answers
 */
function findRule(flow, { node, prefix }, answers) {
  const find = (/** @type {string} */ name) => {
    const answer = answers[findNode(flow, prefix + name)?.key ?? ''];
    return answer === undefined || answer === true ? undefined : { type: /** @type {const} */ ('answer'), text: '', value: answer };
  };
  return node.rules?.find(({ when }) => holds(when, find, flow.calendars));
}
