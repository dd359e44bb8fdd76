// @ts-check
/** The record: the text an agent pastes in the ticket. */

import { findNode } from './flow.js';
import { fill } from './template.js';
import { givenInputs, titleOf, trail } from './trail.js';
import { namesOf } from './walk.js';

/** @import { Flow, Lookup, Walk } from './types.js' */

/**
 * @param {Flow} flow
 * @param {Walk} walked
 * @returns {string | null} null before the outcome, or where it has no record
 */
export function writeRecord(flow, walked) {
  const outcome = walked.outcome === null ? null : findNode(flow, walked.outcome);
  const name = outcome?.node.record;
  if (!name || !Object.hasOwn(flow.records, name)) return null;
  return fill(flow.records[name], recordNames(flow, walked)).trim();
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 * @returns {Lookup}
 */
function recordNames(flow, walked) {
  const find = namesOf(flow, walked);
  return (name) => {
    const text = Object.hasOwn(parts, name) ? parts[name](flow, walked) : null;
    return text === null ? find(name) : { type: 'text', text, value: text };
  };
}

/** @type {Record<string, (flow: Flow, walked: Walk) => string>} */
const parts = {
  'flow.title': (flow) => flow.title,
  'outcome.title': (flow, walked) => atOutcome(flow, walked, (place) => titleOf(flow, walked, place)),
  'outcome.status': (flow, walked) => atOutcome(flow, walked, ({ node }) => node.status ?? ''),
  path: (flow, walked) => pathLines(flow, walked).join('\n'),
  inputs: (flow, walked) => givenInputs(flow, walked).map(({ label, text }) => `${label}: ${text}`).join('\n'),
  copy: (flow, walked) => copyLines(flow, walked).join('\n'),
};

/**
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {(place: import('./types.js').Place) => string} part
 */
function atOutcome(flow, walked, part) {
  const place = findNode(flow, walked.current);
  return place ? part(place) : '';
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 */
function pathLines(flow, walked) {
  const titled = trail(flow, walked).filter(({ title }) => title !== '');
  return titled.map(({ title, answer }) => (answer === '' ? title : `${title}: ${answer}`));
}

/**
 * @param {Flow} flow
 * @param {Walk} walked
 */
function copyLines(flow, walked) {
  const keys = [...walked.path.map(({ key }) => key), walked.current];
  return keys.flatMap((key) => {
    const place = findNode(flow, key);
    return place ? place.node.copy.map(({ text }) => fill(text, namesOf(flow, walked, place.prefix))) : [];
  });
}
