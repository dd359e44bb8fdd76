// @ts-check
/** Strings, elements and addresses that all components use. */

/** Ids of the theme begin with `V-`. No heading or node can have such an id, because those are in lower case. */
const source = document.getElementById('V-strings')?.textContent;
/** @type {Record<string, string>} */
const strings = source ? JSON.parse(source) : {};

/**
 * @param {string} key without `js_` or `js_walk_`
 * @param {Record<string, string>} [values] for the names in braces
 */
export function translate(key, values = {}) {
  const text = strings[`js_${key}`] ?? strings[`js_walk_${key}`] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** @param {Record<string, string>} more that were loaded on demand, with `js_` */
export function addStrings(more) {
  Object.assign(strings, more);
}

export const home = new URL(document.documentElement.dataset.home ?? './', document.baseURI);

/** The key of what the browser stores for this site, alone or before a colon. */
export const place = `vereda:${home.pathname}`;

/** A unique id. */
export function makeId() {
  return Math.random().toString(36).slice(2);
}

/** The live region, for messages that take no focus. It must be in the page before its text changes. */
export function statusRegion() {
  const present = document.querySelector('.walk-status');
  if (present) return present;
  const region = make('p', { class: 'walk-status', role: 'status' });
  document.body.append(region);
  return region;
}

/** @param {string} text */
export function announce(text) {
  const region = statusRegion();
  region.textContent = '';
  requestAnimationFrame(() => (region.textContent = text));
}

/** The element that the fragment of the address names. */
export function findTarget() {
  const id = location.hash.slice(1);
  try {
    return document.getElementById(id) ?? document.getElementById(decodeURIComponent(id));
  } catch {
    return null;
  }
}

/**
 * An element. Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | null | undefined>} [attributes] null and undefined are none
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} name its class
 * @param {string} text
 * @param {() => void} act
 */
export function makeButton(name, text, act) {
  const button = make('button', { type: 'button', class: name }, text);
  button.addEventListener('click', act);
  return button;
}
