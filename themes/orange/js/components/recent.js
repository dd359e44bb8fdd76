// @ts-check
/** The list of pages that the reader visited last. */

import { home, make } from './page.js';
import { readVisits } from './visits.js';

/** @param {HTMLElement} section */
export function mount(section) {
  const items = readVisits().map(({ title, url }) => make('li', {}, make('a', { href: new URL(url, home).href }, title)));
  if (items.length === 0) return;
  section.append(make('ul', {}, ...items));
  section.hidden = false;
}
