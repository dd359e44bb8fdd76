// @ts-check
/** Templates: `{name}`, `{name|filter}`, `{values.name}`, and `\{` for a brace. */

import { encode, filter, isFilter } from './filters.js';

/** @import { Lookup } from './types.js' */

const PLACEHOLDER = /\\\{|\{\s*([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?)\s*(?:\|\s*([a-z][a-z0-9-]*)\s*)?\}/g;

/**
 * One pass: nothing typed is read as a template. Placeholders without a value stay as written.
 * @param {string} template
 * @param {Lookup} find
 */
export function fill(template, find) {
  return substitute(template, find, (text) => text);
}

/**
 * Null when a value is missing or the address is not `http` or `https`. Values are encoded, unless the address begins with
 * one: nothing typed changes where a link leads.
 * @param {string} template
 * @param {Lookup} find
 * @param {string} base of relative addresses
 */
export function fillAddress(template, find, base) {
  if (!isFilled(template, find)) return null;
  const whole = (/** @type {string | undefined} */ filterName, /** @type {number} */ at) => at === 0 || filterName === 'url';
  const address = substitute(template, find, (text, filterName, at) => (whole(filterName, at) ? text : encode(text)));
  try {
    const { href, protocol } = new URL(address, base);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} template
 * @param {Lookup} find
 */
function isFilled(template, find) {
  return [...template.matchAll(PLACEHOLDER)].every(([, name]) => name === undefined || find(name) !== undefined);
}

/**
 * @param {string} template
 * @param {Lookup} find
 * @param {(text: string, filterName: string | undefined, at: number) => string} finish
 */
function substitute(template, find, finish) {
  return template.replace(PLACEHOLDER, (whole, name, filterName, at) => {
    if (name === undefined) return '{';
    const reading = find(name);
    if (reading === undefined || (filterName !== undefined && !isFilter(filterName))) return whole;
    return finish(filterName === undefined ? reading.text : filter(filterName, reading), filterName, at);
  });
}
