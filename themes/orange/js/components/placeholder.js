// @ts-check
/** Placeholders of a page, filled with a known value, else with their example; and links, inert until their values are known. */

import { filter, isFilter } from '../logic/filters.js';
import { fillAddress } from '../logic/template.js';

/** @import { Lookup } from '../logic/types.js' */

/** @type {WeakMap<Element, string>} */
const examples = new WeakMap();

/**
 * @param {Element} root
 * @param {Lookup} find
 */
export function fillPlaceholders(root, find) {
  for (const span of root.querySelectorAll('[data-input]')) fillText(span, find);
  for (const link of root.querySelectorAll('a[data-template]')) fillLink(link, find);
}

/**
 * @param {Element} span
 * @param {Lookup} find
 */
function fillText(span, find) {
  const example = exampleOf(span, span.textContent);
  const reading = find(span.getAttribute('data-input') ?? '');
  const name = span.getAttribute('data-filter') ?? '';
  span.textContent = reading ? (isFilter(name) ? filter(name, reading) : reading.text) : example;
  span.toggleAttribute('data-filled', reading !== undefined);
}

/**
 * @param {Element} link
 * @param {Lookup} find
 */
function fillLink(link, find) {
  const address = fillAddress(link.getAttribute('data-template') ?? '', find, document.baseURI);
  if (address === null) link.removeAttribute('href');
  else link.setAttribute('href', address);
  if (address === null) link.setAttribute('aria-disabled', 'true');
  else link.removeAttribute('aria-disabled');
}

/**
 * @param {Element} element
 * @param {string | null} now what it holds the first time it is seen
 */
function exampleOf(element, now) {
  const example = examples.get(element) ?? now ?? '';
  examples.set(element, example);
  return example;
}
