// @ts-check
/** The part of a fragment after `?`: `#?ticket=123`, with which another program opens a flow for one of its tickets. */

import { read } from './inputs.js';

/** @import { Input, Prefill } from './types.js' */

/**
 * Checked as what is typed; private inputs are never taken from an address.
 * @param {string} query
 * @param {Record<string, Input>} inputs
 * @param {string} zone
 * @returns {Prefill}
 */
export function readPrefill(query, inputs, zone) {
  /** @type {Prefill} */
  const prefill = { inputs: {}, refused: [], secret: [] };
  for (const [name, text] of new URLSearchParams(query)) {
    if (!Object.hasOwn(inputs, name)) continue;
    const input = inputs[name];
    if (input.private) prefill.secret.push(name);
    else if ('error' in read(input, text, zone)) prefill.refused.push(name);
    else prefill.inputs[name] = text.trim();
  }
  return prefill;
}
