// @ts-check
/** A flow and what the reader did → how far the walk goes. */

import { holds } from './conditions.js';
import { findCalled, findInput, findNode, isStop } from './flow.js';
import { read, readConstant, zoneOf } from './inputs.js';

/** @import { Answer, Constant, Flow, Lookup, Option, Place, State, Walk } from './types.js' */

/**
 * Follows the answers from the beginning to the first node that still waits for the reader. A node is passed once: a loop
 * ends where it closes, with its question to be answered anew. Answers off the path are left alone.
 * @param {Flow} flow
 * @param {State} state
 * @returns {Walk}
 */
export function walk(flow, state) {
  /** @type {Walk} */
  const walked = { path: [], current: '', outcome: null, missing: [], asked: [], values: {}, looped: false };
  const passed = new Set();
  let place = findNode(flow, state.start ?? flow.start);
  while (place) {
    walked.current = place.key;
    walked.looped = passed.has(place.key);
    if (walked.looped) break;
    passed.add(place.key);
    walked.missing = ask(flow, place, state, walked);
    place = walked.missing.length > 0 ? null : leave(flow, place, state, walked);
  }
  const end = findNode(flow, walked.current);
  if (end?.node.kind === 'outcome' && end.prefix === '') walked.outcome = end.key;
  return walked;
}

/**
 * What templates and conditions may name: inputs on the path, the site's `values`, and answers by the id of their question.
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {string} [prefix] of the called flow whose questions are meant
 * @returns {Lookup}
 */
export function namesOf(flow, walked, prefix = '') {
  return (name) => {
    if (Object.hasOwn(walked.values, name)) return walked.values[name];
    const value = name.startsWith('values.') ? name.slice('values.'.length) : '';
    if (Object.hasOwn(flow.values, value)) return { type: 'text', text: String(flow.values[value]), value: flow.values[value] };
    const answer = walked.path.find(({ key }) => key === prefix + name)?.answer;
    return answer == null || answer === true ? undefined : { type: 'answer', text: [answer].flat().join(', '), value: answer };
  };
}

/**
 * The options an answer stands for, in the order of the question.
 * @param {Place} place
 * @param {Answer | undefined} answer
 * @returns {Option[]}
 */
export function chosenOptions({ node }, answer) {
  if (answer === undefined || answer === true) return [];
  const ids = node.multiple ? [answer].flat() : [answer].flat().slice(0, 1);
  return (node.options ?? []).filter(({ id }) => ids.includes(id));
}

/**
 * Reads what the node asks for.
 * @param {Flow} flow
 * @param {Place} place
 * @param {State} state
 * @param {Walk} walked
 * @returns {string[]} the names of those that are missing or wrong
 */
function ask(flow, { node, graph }, state, walked) {
  return node.ask.filter((name) => {
    const input = findInput(flow, graph, name);
    if (!input) return false;
    if (!walked.asked.includes(name)) walked.asked.push(name);
    const typed = Object.hasOwn(state.inputs, name) ? state.inputs[name] : '';
    const reading = read(input, typed, zoneOf(flow.calendars));
    if ('error' in reading) return true;
    walked.values[name] = reading;
    return false;
  });
}

/**
 * Goes on from a node, when it lets.
 * @param {Flow} flow
 * @param {Place} place
 * @param {State} state
 * @param {Walk} walked
 * @returns {Place | null}
 */
function leave(flow, place, state, walked) {
  const answer = Object.hasOwn(state.answers, place.key) ? state.answers[place.key] : undefined;
  const next = place.node.kind === 'question' ? choose(flow, place, answer, walked) : pass(flow, place, answer, walked);
  if (next === null) return null;
  const given = place.node.kind === 'question' ? (answer ?? null) : isStop(place) || null;
  walked.path.push({ key: place.key, answer: given });
  return findNode(flow, next);
}

/**
 * The first chosen option leads on; every one sets its inputs.
 * @param {Flow} flow
 * @param {Place} place
 * @param {Answer | undefined} answer
 * @param {Walk} walked
 * @returns {string | null}
 */
function choose(flow, place, answer, walked) {
  const options = chosenOptions(place, answer);
  for (const { set = {} } of options) {
    for (const [name, constant] of Object.entries(set)) setInput(flow, place, name, constant, walked);
  }
  return options.length > 0 ? place.prefix + options[0].next : null;
}

/**
 * @param {Flow} flow
 * @param {Place} place
 * @param {string} name
 * @param {Constant} constant
 * @param {Walk} walked
 */
function setInput(flow, { graph }, name, constant, walked) {
  const input = findInput(flow, graph, name);
  if (input) walked.values[name] = readConstant(input, constant);
}

/**
 * The way on from a node without options, as a key.
 * @param {Flow} flow
 * @param {Place} place
 * @param {Answer | undefined} answer
 * @param {Walk} walked
 * @returns {string | null}
 */
function pass(flow, place, answer, walked) {
  const { node, key, prefix } = place;
  if (node.kind === 'outcome' && prefix === '') return null;
  if (isStop(place) && answer !== true) return null;
  if (node.kind === 'outcome') return comeBack(flow, place);
  if (node.kind === 'call') return `${key}/${findCalled(flow, place)?.start}`;
  const next = node.kind === 'branch' ? decide(flow, place, walked) : node.next;
  return next === undefined ? null : prefix + next;
}

/**
 * @param {Flow} flow
 * @param {Place} place
 * @param {Walk} walked
 * @returns {string | undefined}
 */
function decide(flow, { node, prefix }, walked) {
  const find = namesOf(flow, walked, prefix);
  return node.rules?.find(({ when }) => holds(when, find, flow.calendars))?.next;
}

/**
 * From a called flow's outcome to the node its caller maps it to.
 * @param {Flow} flow
 * @param {Place} place
 * @returns {string | null}
 */
function comeBack(flow, { id, prefix }) {
  const caller = findNode(flow, prefix.slice(0, -1));
  const next = caller?.node.outcomes?.[id];
  return caller && next !== undefined ? caller.prefix + next : null;
}
