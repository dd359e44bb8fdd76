// @ts-check
/** How often each option and outcome was taken: ids alone, no times, no typed values (docs/counts.md). */

/** @import { Answer, Counts, Flow, Walk } from './types.js' */

/**
 * @param {Pick<Flow, 'url'>} flow
 * @returns {Counts}
 */
export function noCounts({ url }) {
  return { version: 1, flow: url, walks: 0, nodes: {}, options: {}, outcomes: {} };
}

/**
 * With a walk that reached its outcome. Nodes of called flows are not counted.
 * @param {Counts} counts
 * @param {Walk} walked
 * @returns {Counts}
 */
export function addWalk(counts, { path, outcome }) {
  if (outcome === null) return counts;
  const own = [...path, { key: outcome, answer: null }].filter(({ key }) => !key.includes('/'));
  const { nodes, options, outcomes } = structuredClone(counts);
  for (const { key, answer } of own) {
    raise(nodes, key);
    for (const id of optionsOf(answer)) raise((options[key] ??= {}), id);
  }
  raise(outcomes, outcome);
  return { ...counts, walks: counts.walks + 1, nodes, options, outcomes };
}

/** @param {Answer | null} answer */
function optionsOf(answer) {
  return answer === null || answer === true ? [] : [answer].flat();
}

/**
 * @param {Record<string, number>} counts
 * @param {string} id
 */
function raise(counts, id) {
  counts[id] = (Object.hasOwn(counts, id) ? counts[id] : 0) + 1;
}
