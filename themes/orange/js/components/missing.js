// @ts-check
/** Inputs without a value: a copy or a link with one of them does nothing but name it and lead to its field. */

import { announce, translate } from './page.js';

/** @typedef {{labelOf: (name: string) => string, lead: (name: string) => void, editable: boolean}} Reader */

/** What the page knows of its inputs. `editable` placeholders can be changed where they stand. @type {Reader} */
export const reader = { labelOf: (name) => name, lead() {}, editable: false };

/**
 * The inputs without a value that an element shows.
 * @param {Element} element
 */
export function findMissing(element) {
  return [...new Set([...element.querySelectorAll('[data-input]:not([data-filled])')].map((span) => span.getAttribute('data-input') ?? ''))];
}

/** @param {string[]} names */
export function describeMissing(names) {
  return translate('missing', { label: names.map((name) => reader.labelOf(name)).join(', ') });
}

/** @param {string[]} names of missing inputs; leads to the field of the first */
export function askFor(names) {
  announce(describeMissing(names));
  reader.lead(names[0]);
}

/** An element that has controls of its own. */
export const CONTROL = 'a, button, label, summary';

/** @type {WeakSet<Element>} */
const active = new WeakSet();

/**
 * @param {Element} element
 * @param {'button' | 'link' | null} role null where it does nothing of its own
 * @param {string} title
 */
export function makeActive(element, role, title) {
  for (const [name, value] of [['role', role], ['tabindex', role && '0'], ['title', role && title]]) {
    if (name && value) element.setAttribute(name, value);
    else if (name) element.removeAttribute(name);
  }
  if (!role || active.has(element)) return;
  active.add(element);
  const act = (/** @type {Event} */ event) => {
    if (!element.hasAttribute('role')) return;
    event.preventDefault();
    const names = element.getAttribute('data-input') ?? element.getAttribute('data-wanted') ?? '';
    if (element.hasAttribute('data-filled')) reader.lead(names);
    else askFor(names.split(' '));
  };
  element.addEventListener('click', act);
  element.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && (event.key === 'Enter' || event.key === ' ')) act(event);
  });
}

/**
 * A link that opens nothing.
 * @param {Element} link
 * @param {string[]} names of the inputs that it waits for
 */
export function blockLink(link, names) {
  for (const name of ['href', 'target', 'rel']) link.removeAttribute(name);
  link.removeAttribute('aria-disabled');
  link.setAttribute('data-wanted', names.join(' '));
  link.setAttribute('data-missing', describeMissing(names));
  makeActive(link, 'link', describeMissing(names));
}

/**
 * @param {Element} link
 * @param {string} address
 */
export function openLink(link, address) {
  link.setAttribute('href', address);
  if (link.closest('.node-links')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener');
  }
  for (const name of ['aria-disabled', 'data-wanted', 'data-missing']) link.removeAttribute(name);
  makeActive(link, null, '');
}
