// @ts-check
/** The inputs that an address fills in, and the notice about them. */

import { allInputs } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { readPrefill } from '../../logic/prefill.js';
import { translate } from '../page.js';
import { loadParts } from '../parts.js';

/** @import { Flow, Input, Prefill } from '../../logic/types.js' */

/**
 * @param {string} query
 * @param {Flow} flow
 */
export async function prefill(query, flow) {
  await loadParts();
  const read = readPrefill(query, allInputs(flow), zoneOf(flow));
  return { inputs: read.inputs, notice: describePrefill(read, allInputs(flow)) };
}

/**
 * @param {Prefill} prefill
 * @param {Record<string, Input>} inputs
 */
function describePrefill({ inputs: filled, refused, secret }, inputs) {
  const labels = (/** @type {string[]} */ names) => names.map((name) => inputs[name].label ?? name).join(', ');
  const parts = [Object.keys(filled), refused, secret].map((names, at) => (names.length > 0 ? translate(['prefilled', 'prefill_refused', 'prefill_secret'][at], { labels: labels(names) }) : ''));
  return parts.filter(Boolean).join(' ');
}
