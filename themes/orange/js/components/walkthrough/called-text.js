// @ts-check
/** The text of a called flow's node, fetched from the page of that flow. */

import { mount as mountCopy } from '../copy.js';
import { fillPlaceholders } from '../placeholder.js';

/** @import { Lookup } from '../../logic/types.js' */

/** @type {Map<string, Promise<Document>>} by address; read once a visit */
const pages = new Map();

/**
 * Where the page cannot be read, as from a disk, only the link to it remains.
 * @param {Element} spot what is replaced
 * @param {string} address of the node in its page
 * @param {Lookup} find
 */
export async function putText(spot, address, find) {
  const { hash, href } = new URL(address);
  const page = href.slice(0, href.length - hash.length);
  try {
    const section = (await readPage(page)).getElementById(decodeURIComponent(hash.slice(1)));
    const texts = [...(section?.querySelectorAll(':scope > .prose') ?? [])].map((text) => document.importNode(text, true));
    for (const text of texts) settle(text, page, find);
    spot.replaceWith(...texts);
  } catch {
    pages.delete(page);
  }
}

/** @param {string} address */
function readPage(address) {
  const known = pages.get(address);
  if (known) return known;
  const page = fetch(address).then(async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html'));
  pages.set(address, page);
  return page;
}

/**
 * Resolves its addresses against its own page, and removes ids, which this page may have already.
 * @param {Element} text
 * @param {string} page
 * @param {Lookup} find
 */
function settle(text, page, find) {
  for (const name of ['href', 'src', 'data-template']) {
    for (const element of text.querySelectorAll(`[${name}]`)) element.setAttribute(name, resolve(element.getAttribute(name) ?? '', page));
  }
  for (const element of text.querySelectorAll('[id]')) element.removeAttribute('id');
  for (const copy of text.querySelectorAll('[data-component="copy"]')) mountCopy(/** @type {HTMLElement} */ (copy));
  fillPlaceholders(text, find);
}

/**
 * A template keeps its braces; one that begins with an address of its own needs no page.
 * @param {string} address
 * @param {string} page
 */
function resolve(address, page) {
  return /^[a-z][a-z+.-]*:|\{/i.test(address) ? address : new URL(address, page).href;
}
