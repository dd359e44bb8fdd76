// @ts-check
/** A flow and its state → the walk. */

import { holds } from './conditions.js';
import { findCalled, findInput, findNode, isStop } from './flow.js';
import { read, readConstant, zoneOf } from './inputs.js';

/** @import { Answer, Flow, Lookup, Node, Option, Place, State, Walk } from './types.js' */

/**
 * Goes on to the first node that waits for the reader. A node is passed once: a loop ends where it closes, with its
 * question to be answered anew.
 * @param {Flow} flow
 * @param {State} state
 */
export function walk(flow, state) {
  /** @type {Walk} */
  const walked = { flow, state, path: [], current: '', outcome: null, missing: [], values: {}, looped: false };
  const passed = new Set();
  let place = findNode(flow, state.start ?? flow.start);
  while (place && !walked.looped) {
    walked.current = place.key;
    walked.looped = passed.has(place.key);
    passed.add(place.key);
    const next = walked.looped ? null : leave(walked, place);
    walked.outcome = isEnd(place) && walked.missing.length === 0 ? place.key : null;
    place = next;
  }
  return walked;
}

/**
 * The values of templates and conditions: inputs on the path, `values`, and answers by their question.
 * @param {Walk} walked
 * @param {string} [prefix] of the called flow whose questions are meant
 * @returns {Lookup}
 */
export function namesOf({ flow, path, values }, prefix = '') {
  return (name) => {
    if (Object.hasOwn(values, name)) return values[name];
    const constant = name.startsWith('values.') && flow.values[name.slice('values.'.length)];
    if (typeof constant === 'string' || typeof constant === 'number') return { type: 'text', text: String(constant), value: constant };
    const question = findNode(flow, prefix + name)?.key;
    const answer = path.find(({ key }) => key === question)?.answer;
    return answer == null || answer === true ? undefined : { type: 'answer', text: [answer].flat().join(', '), value: answer };
  };
}

/**
 * The options an answer stands for, in the order of the question.
 * @param {Node} node
 * @param {Answer | undefined} answer
 */
export function chosenOptions({ options = [], multiple }, answer) {
  const ids = [answer].flat().slice(0, multiple ? undefined : 1);
  return options.filter(({ id, aliases = [] }) => [id, ...aliases].some((name) => ids.includes(name)));
}

/**
 * An answer with the present ids of its options.
 * @param {Node} node
 * @param {Answer | undefined} answer
 * @returns {Answer | undefined}
 */
function withPresentIds({ options = [] }, answer) {
  const present = (/** @type {any} */ id) => options.find(({ aliases = [] }) => aliases.includes(id))?.id ?? id;
  return Array.isArray(answer) ? answer.map(present) : present(answer);
}

/**
 * @param {Walk} walked
 * @param {Place} place
 */
function leave(walked, place) {
  walked.missing = ask(walked, place);
  const next = walked.missing.length > 0 ? null : place.node.kind === 'question' ? choose(walked, place) : pass(walked, place);
  if (next == null) return null;
  walked.path.push({ key: place.key, answer: isStop(place) ? withPresentIds(place.node, answerAt(walked, place)) ?? null : null });
  return findNode(walked.flow, next);
}

/**
 * @param {Walk} walked
 * @param {Place} place
 * @returns {string[]} the names of those that are missing or wrong
 */
function ask({ flow, state, values }, { node, graph }) {
  return node.ask.filter((name) => {
    const input = findInput(flow, graph, name);
    if (!input) return false;
    const typed = Object.hasOwn(state.inputs, name) ? state.inputs[name] : '';
    const reading = read(input, typed, zoneOf(flow));
    if ('error' in reading) return true;
    values[name] = reading;
    return false;
  });
}

/**
 * The first chosen option leads on; every one sets its inputs.
 * @param {Walk} walked
 * @param {Place} place
 */
function choose(walked, place) {
  const options = chosenOptions(place.node, answerAt(walked, place));
  for (const [name, constant] of options.flatMap(({ set }) => Object.entries(set ?? {}))) {
    const input = findInput(walked.flow, place.graph, name);
    if (input) walked.values[name] = readConstant(input, constant);
  }
  return options[0] && place.prefix + options[0].next;
}

/**
 * A branch decides, a call enters, a called outcome comes back.
 * @param {Walk} walked
 * @param {Place} place
 */
function pass(walked, place) {
  const { node, key, prefix } = place;
  if (isEnd(place) || (isStop(place) && answerAt(walked, place) !== true)) return null;
  if (node.kind === 'outcome') return comeBack(walked.flow, place);
  if (node.kind === 'call') return `${key}/${findCalled(walked.flow, place)?.start}`;
  const find = namesOf(walked, prefix);
  const next = node.next ?? node.rules?.find(({ when }) => holds(when, find, walked.flow.calendars))?.next;
  return next && prefix + next;
}

/**
 * The caller may know the outcome by an old id.
 * @param {Flow} flow
 * @param {Place} place
 */
export function comeBack(flow, { id, prefix, graph }) {
  const caller = findNode(flow, prefix.slice(0, -1));
  const mapping = Object.entries(caller?.node.outcomes ?? {}).find(([each]) => each === id || graph.aliases[each] === id);
  return caller && mapping && caller.prefix + mapping[1];
}

/**
 * @param {Walk} walked
 * @param {Place} place
 */
function answerAt({ state }, { key }) {
  return Object.hasOwn(state.answers, key) ? state.answers[key] : undefined;
}

/** @param {Place} place */
function isEnd({ node, prefix }) {
  return node.kind === 'outcome' && prefix === '';
}
