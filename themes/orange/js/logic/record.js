// @ts-check
/** The living path in words: its trail, and the record an agent pastes in the ticket. */

import { findInput, findNode } from './flow.js';
import { read, zoneOf } from './inputs.js';
import { fill, piecesOf } from './template.js';
import { chosenOptions, namesOf } from './walk.js';

/** @import { Lookup, Place, Stop, Walk } from './types.js' */

/**
 * The nodes at which the reader did something, in order.
 * @param {Walk} walked
 */
export function trail(walked) {
  return walked.path.flatMap(({ key, answer }) => {
    const place = answer === null ? null : findNode(walked.flow, key);
    if (!place || answer === null) return [];
    const labels = chosenOptions(place.node, answer).map(({ label }) => fill(label, namesOf(walked, place.prefix)));
    const typed = place.node.ask.map((name) => walked.values[name]?.text).filter(Boolean);
    return { key, title: titleOf(walked, place), answer: labels.join(', '), typed: typed.join(', ') };
  });
}

/**
 * A node's title with its placeholders filled.
 * @param {Walk} walked
 * @param {Place} place
 */
export function titleOf(walked, { node, prefix }) {
  return fill(node.title ?? '', namesOf(walked, prefix));
}

/**
 * A line whose placeholders are all empty is left out.
 * @param {Walk} walked
 * @param {Record<string, string>} [more] what only the reader's page knows
 * @param {Lookup} [unasked] of inputs that no node of the path has
 * @returns {string | null} null before the outcome, or where it has no record
 */
export function writeRecord(walked, more = {}, unasked = /** @type {Lookup} */ (() => undefined)) {
  const { flow, outcome } = walked;
  const template = outcome && flow.records[findNode(flow, outcome)?.node.record ?? ''];
  if (!template) return null;
  const names = namesOf(walked);
  const find = (/** @type {string} */ name) => {
    const text = Object.hasOwn(more, name) ? more[name] : Object.hasOwn(parts, name) ? parts[name](walked) : null;
    return text === null ? (names(name) ?? unasked(name)) : { type: /** @type {const} */ ('text'), text, value: text };
  };
  return template.split('\n').flatMap((line) => fillLine(line, find) ?? []).join('\n').trim();
}

/**
 * The inputs that the record of the outcome shows, that no node of the path has, and that have no value yet.
 * @param {Walk} walked
 */
export function missingInRecord(walked) {
  const { flow, outcome } = walked;
  const template = (outcome && flow.records[findNode(flow, outcome)?.node.record ?? '']) ?? '';
  const names = piecesOf(template).flatMap((piece) => (typeof piece === 'string' ? [] : piece.name));
  const unasked = names.filter((name) => findInput(flow, flow, name) && !Object.hasOwn(parts, name) && namesOf(walked)(name) === undefined);
  return [...new Set(unasked)].filter((name) => readUnasked(walked, name) === undefined);
}

/**
 * A value that was typed for the record alone.
 * @param {Walk} walked
 * @param {string} name
 */
export function readUnasked({ flow, state }, name) {
  const input = findInput(flow, flow, name);
  if (!input || !Object.hasOwn(state.inputs, name)) return undefined;
  const reading = read(input, state.inputs[name], zoneOf(flow));
  return 'error' in reading ? undefined : reading;
}

/**
 * @param {string} line
 * @param {Lookup} find
 * @returns {string | null}
 */
function fillLine(line, find) {
  let placeholders = 0;
  let empty = 0;
  const filled = fill(line, (name) => {
    const reading = find(name);
    placeholders += 1;
    empty += reading?.text === '' ? 1 : 0;
    return reading;
  });
  return placeholders > 0 && placeholders === empty ? null : filled;
}

/** @type {Record<string, (walked: Walk) => string>} */
const parts = {
  'flow.title': ({ flow }) => flow.title,
  'outcome.title': (walked) => places(walked).slice(-1).map((place) => titleOf(walked, place)).join(''),
  'outcome.status': (walked) => places(walked).slice(-1).map(({ node }) => fill(node.status ?? '', namesOf(walked))).join(''),
  answers: (walked) => answered(walked).map(({ title, answer }) => labelled(title, answer)).join('\n'),
  path: (walked) => trail(walked).filter(({ title }) => title).map(({ title, answer }) => labelled(title, answer)).join('\n'),
  inputs: inputLines,
  copies: (walked) => copies(walked).map(({ label, text }) => labelled(label ?? '', text)).join('\n'),
  copy: copyLines,
};

/**
 * The answered questions of the path.
 * @param {Walk} walked
 */
export function answered(walked) {
  return trail(walked).filter(({ title, answer }) => title && answer);
}

/**
 * `Título: texto`, or `Pergunta? texto`: a label keeps its own punctuation.
 * @param {string} label
 * @param {string} text
 */
export function labelled(label, text) {
  if (label === '' || text === '') return label || text;
  return `${label}${/[?!.:;…]$/.test(label) ? '' : ':'} ${text}`;
}

/**
 * The filled inputs of the path, each once.
 * @param {Walk} walked
 */
export function typedInputs(walked) {
  const asked = places(walked).flatMap(({ node, graph }) => node.ask.map((name) => ({ name, graph })));
  const rows = asked.flatMap(({ name, graph }) => {
    const text = walked.values[name]?.text;
    return text ? [{ label: findInput(walked.flow, graph, name)?.label ?? name, text }] : [];
  });
  return rows.filter(({ label, text }, at) => rows.findIndex((row) => row.label === label && row.text === text) === at);
}

/** @param {Walk} walked */
export function inputLines(walked) {
  return typedInputs(walked).map(({ label, text }) => `${label}: ${text}`).join('\n');
}

/** @param {Walk} walked */
function copyLines(walked) {
  return copies(walked).map(({ text }) => text).join('\n');
}

/**
 * The copied texts of the path, filled.
 * @param {Walk} walked
 */
export function copies(walked) {
  return places(walked).flatMap(({ node, prefix }) => node.copy.map(({ label, text }) => ({ label, text: fill(text, namesOf(walked, prefix)) })));
}

/**
 * The nodes of the path, with the current one.
 * @param {Walk} walked
 */
function places({ flow, path, current }) {
  return [...path.map(({ key }) => key), current].flatMap((key) => findNode(flow, key) ?? []);
}
