// @ts-check
/** The effect on a walk of a changed answer. */

import { findNode } from './flow.js';
import { titleOf, trail } from './record.js';

/** @import { Revision, Walk } from './types.js' */

/**
 * The effect of a new answer at an earlier stop.
 * @param {Walk} before
 * @param {Walk} after
 * @param {string} key where the answer was given
 * @returns {Revision | null} null where nothing followed that could have changed
 */
export function compareWalks(before, after, key) {
  const at = before.path.findIndex((stop) => stop.key === key);
  if (at < 0) return null;
  const wereAhead = trail(before).map((stop) => stop.key).filter((each) => before.path.findIndex((stop) => stop.key === each) > at);
  const living = new Set(trail(after).map((stop) => stop.key));
  const kept = wereAhead.filter((each) => living.has(each)).length;
  const outcome = { from: nameOf(before), to: nameOf(after) };
  if (wereAhead.length === 0 && before.outcome === null) return null;
  return { kept, left: wereAhead.length - kept, ...outcome, same: before.outcome !== null && before.outcome === after.outcome };
}

/** @param {Walk} walked */
function nameOf(walked) {
  const place = walked.outcome === null ? null : findNode(walked.flow, walked.outcome);
  return place && titleOf(walked, place);
}
