// @ts-check
/** How often each option was taken in this browser: kept here, and exported by the reader alone. */

import { addWalk, noCounts } from '../../logic/counts.js';
import { place } from '../page.js';

/** @import { Counts, Walk } from '../../logic/types.js' */

const PLACE = `${place}:counts:`;

/** @param {Walk} walked that reached its outcome */
export function count(walked) {
  const { url } = walked.flow;
  try {
    localStorage.setItem(PLACE + url, JSON.stringify(addWalk(readCounts(url), walked)));
  } catch {
    // Nothing is counted.
  }
}

/**
 * @param {string} flow its route
 * @returns {Counts}
 */
export function readCounts(flow) {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE + flow) ?? 'null');
    return kept?.version === 1 ? kept : noCounts({ url: flow });
  } catch {
    return noCounts({ url: flow });
  }
}
