// @ts-check
/** Whether a typed value decides a branch; only then must a path code hold the branch. */

import { findInput } from './flow.js';

/** @import { Comparison, Condition, Flow, Place } from './types.js' */

/**
 * @param {Flow} flow
 * @param {Place} place
 */
export function isDecidedByInputs(flow, { node, graph }) {
  const compared = (node.rules ?? []).flatMap(({ when }) => comparisons(when));
  return compared.some(({ name }) => findInput(flow, graph, name) !== null);
}

/**
 * @param {Condition | null} condition
 * @returns {Comparison[]}
 */
function comparisons(condition) {
  if (condition === null) return [];
  if ('all' in condition) return condition.all.flatMap(comparisons);
  return 'any' in condition ? condition.any.flatMap(comparisons) : [condition];
}
