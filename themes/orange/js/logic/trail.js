// @ts-check
/** The living path in words. */

import { findInput, findNode } from './flow.js';
import { fill } from './template.js';
import { chosenOptions, namesOf } from './walk.js';

/** @import { Flow, Place, Walk } from './types.js' */

/**
 * @typedef {object} Stop
 * @property {string} key
 * @property {string} title     empty when the node has none
 * @property {string} answer    the labels chosen; empty for a step or a form
 * @property {string[]} typed   what the form holds
 */

/**
 * The nodes at which the reader did something, in order.
 * @param {Flow} flow
 * @param {Walk} walked
 * @returns {Stop[]}
 */
export function trail(flow, walked) {
  return walked.path.flatMap(({ key, answer }) => {
    const place = findNode(flow, key);
    if (!place || answer === null) return [];
    const labels = chosenOptions(place, answer).map(({ label }) => label);
    return [{ key, title: titleOf(flow, walked, place), answer: labels.join(', '), typed: typedAt(walked, place) }];
  });
}

/**
 * A node's title with its placeholders filled.
 * @param {Flow} flow
 * @param {Walk} walked
 * @param {Place} place
 */
export function titleOf(flow, walked, { node, prefix }) {
  return fill(node.title ?? '', namesOf(flow, walked, prefix));
}

/**
 * Label and text of each input asked for on the path and given.
 * @param {Flow} flow
 * @param {Walk} walked
 * @returns {{label: string, text: string}[]}
 */
export function givenInputs(flow, walked) {
  const graphs = [flow, ...Object.values(flow.flows)];
  return walked.asked.filter((name) => walked.values[name]?.text).map((name) => {
    const input = graphs.map((graph) => findInput(flow, graph, name)).find((each) => each !== null);
    return { label: input?.label ?? name, text: walked.values[name].text };
  });
}

/**
 * @param {Walk} walked
 * @param {Place} place
 */
function typedAt(walked, { node }) {
  return node.ask.map((name) => walked.values[name]?.text ?? '').filter((text) => text !== '');
}
