// @ts-check
/** Placeholders and templated links: filled with a known value; else they show an example and lead to the field. */

import { filter, isFilter } from '../logic/filters.js';
import { read } from '../logic/inputs.js';
import { fillAddress, piecesOf } from '../logic/template.js';
import { updateCopyButton } from './copy.js';
import { blockLink, CONTROL, makeActive, openLink, reader } from './missing.js';
import { make, translate } from './page.js';

/** @import { Input, Lookup } from '../logic/types.js' */


/** @type {WeakMap<Element, string>} */
const examples = new WeakMap();

/**
 * @param {Element} root
 * @param {Lookup} find
 */
export function fillPlaceholders(root, find) {
  for (const span of root.querySelectorAll('[data-input]')) fillText(span, find);
  for (const link of root.querySelectorAll('a[data-template]')) fillLink(link, find);
  for (const button of root.querySelectorAll('.copy > .copy-button')) updateCopyButton(button);
}

/**
 * The nodes of a template, with its placeholders marked up as in the document.
 * @param {string} template
 * @param {Lookup} find
 * @param {(name: string) => Input | null} findInput
 */
export function makeTemplate(template, find, findInput) {
  const nodes = piecesOf(template).map((piece) => {
    if (typeof piece === 'string') return piece;
    const { name, filterName, written } = piece;
    const input = findInput(name);
    const reading = find(name);
    if (!input) return reading ? (isFilter(filterName ?? '') ? filter(filterName ?? '', reading) : reading.text) : written;
    return make('span', { class: 'placeholder', 'data-input': name, 'data-filter': filterName }, makeExample(input, filterName ?? '', name));
  });
  const holder = make('span', {}, ...nodes);
  for (const span of holder.querySelectorAll('[data-input]')) fillText(span, find);
  return [...holder.childNodes];
}

/**
 * @param {Input} input
 * @param {string} filterName
 * @param {string} name
 */
function makeExample(input, filterName, name) {
  if (!input.example) return input.label ?? name;
  const reading = read(input, input.example);
  return 'error' in reading || !isFilter(filterName) ? input.example : filter(filterName, reading);
}

/**
 * @param {Element} span
 * @param {Lookup} find
 */
function fillText(span, find) {
  const example = exampleOf(span, span.textContent ?? '');
  const reading = find(span.getAttribute('data-input') ?? '');
  const name = span.getAttribute('data-filter') ?? '';
  span.textContent = reading ? (isFilter(name) ? filter(name, reading) : reading.text) : example;
  span.toggleAttribute('data-filled', reading !== undefined);
  const isButton = !span.closest(CONTROL) && (reading === undefined ? !span.closest('.copy') : reader.editable);
  makeActive(span, isButton ? 'button' : null, translate('fill_in', { label: reader.labelOf(span.getAttribute('data-input') ?? '') }));
}

/**
 * @param {Element} link
 * @param {Lookup} find
 */
function fillLink(link, find) {
  const template = link.getAttribute('data-template') ?? '';
  const address = fillAddress(template, find, link.getAttribute('data-base') ?? document.baseURI);
  const names = piecesOf(template).flatMap((piece) => (typeof piece === 'string' ? [] : piece.name));
  const missing = names.filter((name) => find(name) === undefined);
  const wanted = [...new Set(missing.length > 0 ? missing : names)];
  if (address === null) blockLink(link, wanted);
  else openLink(link, address);
}

/**
 * @param {Element} element
 * @param {string} now what it holds the first time it is seen
 */
function exampleOf(element, now) {
  const example = examples.get(element) ?? now;
  examples.set(element, example);
  return example;
}
