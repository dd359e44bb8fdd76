// @ts-check
/** What an address fills in, and what is said of it. */

import { allInputs } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { readPrefill } from '../../logic/prefill.js';
import { say } from '../page.js';

/** @import { Flow, Input, Prefill } from '../../logic/types.js' */

/**
 * @param {string} query
 * @param {Flow} flow
 */
export function prefill(query, flow) {
  const read = readPrefill(query, allInputs(flow), zoneOf(flow));
  return { inputs: read.inputs, notice: tellPrefill(read, allInputs(flow)) };
}

/**
 * @param {Prefill} prefill
 * @param {Record<string, Input>} inputs
 */
function tellPrefill({ inputs: filled, refused, secret }, inputs) {
  const labels = (/** @type {string[]} */ names) => names.map((name) => inputs[name].label ?? name).join(', ');
  const parts = [Object.keys(filled), refused, secret].map((names, at) => (names.length > 0 ? say(['prefilled', 'prefill_refused', 'prefill_secret'][at], { labels: labels(names) }) : ''));
  return parts.filter(Boolean).join(' ');
}
