// @ts-check
/** The text for a ticket: the outcome's own record, or at any time one of the whole walk. */

import { writeCode } from './code.js';
import { findNode } from './flow.js';
import { answered, copies, inputLines, labelled, readUnasked, titleOf, writeRecord } from './record.js';
import { fill } from './template.js';
import { namesOf } from './walk.js';

/** @import { Line, Walk } from './types.js' */
/** @typedef {{outcome: string, status: string, code: string, open: string}} Words */

/**
 * @param {Walk} walked
 * @param {string} date as it is written
 * @param {Words} words
 * @returns {Line[]}
 */
export function writeTicket(walked, date, words) {
  const own = writeRecord(walked, { date, code: writeCode(walked) }, (name) => readUnasked(walked, name));
  return own === null ? [...describeWalk(walked, date), ...describeEnd(walked, words)] : own.split('\n').map(splitLine);
}

/** @param {Line[]} lines */
export function plainTicket(lines) {
  return lines.map(({ label, text }) => labelled(label, text)).join('\n');
}

/**
 * @param {Walk} walked
 * @param {string} date
 * @returns {Line[]}
 */
function describeWalk(walked, date) {
  const stops = answered(walked);
  const typed = inputLines(walked).split('\n').filter(Boolean);
  return [{ label: '', text: walked.flow.title }, { label: '', text: date }, ...stops.map(({ title, answer }) => ({ label: title, text: answer })), ...typed.map(splitLine)];
}

/**
 * @param {Walk} walked
 * @param {Words} words
 * @returns {Line[]}
 */
function describeEnd(walked, words) {
  const place = walked.outcome === null ? null : findNode(walked.flow, walked.outcome);
  const end = { label: words.outcome, text: place ? titleOf(walked, place) : words.open };
  const status = place?.node.status ? [{ label: words.status, text: fill(place.node.status, namesOf(walked)) }] : [];
  const copied = place ? copies(walked).map(({ label, text }) => ({ label: label ?? '', text })) : [];
  return [end, ...status, ...copied, { label: words.code, text: writeCode(walked) }];
}

/**
 * @param {string} line
 * @returns {Line} what stands before the first colon names what follows
 */
function splitLine(line) {
  const [, question, answer] = line.match(/^([^:]*\?) (.+)$/) ?? [];
  if (question) return { label: question, text: answer };
  const at = line.indexOf(': ');
  return at < 0 ? { label: '', text: line } : { label: line.slice(0, at), text: line.slice(at + 2) };
}
