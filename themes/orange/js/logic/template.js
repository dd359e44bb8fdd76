// @ts-check
/** Templates: `{name}`, `{name|filter}`, `{values.name}`, and `\{` for a brace. */

import { encode, filter, fits, isFilter } from './filters.js';

/** @import { Lookup } from './types.js' */

/** A name begins with a letter or a digit, and has a letter. */
const NAME = '(?=[\\d-]*[a-z])[a-z\\d][a-z\\d-]*';
const PLACEHOLDER = new RegExp(String.raw`\\\{|\{\s*(${NAME}(?:\.${NAME})?)\s*(?:\|\s*(${NAME})\s*)?\}`, 'g');

/**
 * One pass: nothing typed is read as a template. Placeholders without a value stay as written.
 * @param {string} template
 * @param {Lookup} find
 */
export function fill(template, find) {
  return substitute(template, find, (text) => text);
}

/**
 * The parts of a template, in order.
 * @param {string} template
 * @returns {(string | {name: string, filterName: string | undefined, written: string})[]}
 */
export function piecesOf(template) {
  /** @type {ReturnType<typeof piecesOf>} */
  const pieces = [];
  let end = 0;
  for (const { index, 0: written, 1: name, 2: filterName } of template.matchAll(PLACEHOLDER)) {
    pieces.push(template.slice(end, index), name === undefined ? '{' : { name, filterName, written });
    end = index + written.length;
  }
  return [...pieces, template.slice(end)].filter((piece) => piece !== '');
}

/**
 * Null when a value is missing, does not fit or leaves a part of the path empty, or when an address that begins with a value
 * is not `http` or `https`. Other schemes were checked when the site was built. Values are encoded, unless the address begins
 * with one: nothing typed changes where a link leads.
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
    const isWritten = template.toLowerCase().startsWith(protocol);
    return isWritten || protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

/**
 * True if every value is there and fits. An optional value may be empty in a query or a fragment.
 * @param {string} template
 * @param {Lookup} find
 */
function isFilled(template, find) {
  return [...template.matchAll(PLACEHOLDER)].every(({ index, 1: name, 2: filterName }) => {
    if (name === undefined) return true;
    const reading = find(name);
    if (reading === undefined) return false;
    const text = filterName === undefined || !isFilter(filterName) ? reading.text : filter(filterName, reading);
    return fits('url', { ...reading, text }) && (text !== '' || /[?#]/.test(template.slice(0, index)));
  });
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
    if (reading === undefined || !fits(filterName, reading) || (filterName !== undefined && !isFilter(filterName))) return whole;
    return finish(filterName === undefined ? reading.text : filter(filterName, reading), filterName, at);
  });
}
