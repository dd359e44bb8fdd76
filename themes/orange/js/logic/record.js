// @ts-check
/** The living path in words: its trail, and the record an agent pastes in the ticket. */

import { findInput, findNode } from './flow.js';
import { fill } from './template.js';
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
    const labels = chosenOptions(place.node, answer).map(({ label }) => label);
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
 * @returns {string | null} null before the outcome, or where it has no record
 */
export function writeRecord(walked, more = {}) {
  const { flow, outcome } = walked;
  const template = outcome && flow.records[findNode(flow, outcome)?.node.record ?? ''];
  if (!template) return null;
  const names = namesOf(walked);
  const find = (/** @type {string} */ name) => {
    const text = Object.hasOwn(more, name) ? more[name] : Object.hasOwn(parts, name) ? parts[name](walked) : null;
    return text === null ? names(name) : { type: /** @type {const} */ ('text'), text, value: text };
  };
  return template.split('\n').flatMap((line) => fillLine(line, find) ?? []).join('\n').trim();
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
  'outcome.status': (walked) => places(walked).slice(-1).map(({ node }) => node.status ?? '').join(''),
  path: (walked) => trail(walked).filter(({ title }) => title).map(({ title, answer }) => [title, answer].filter(Boolean).join(': ')).join('\n'),
  inputs: inputLines,
  copy: copyLines,
};

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
