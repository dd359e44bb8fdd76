// @ts-check
/** The pages whose addresses are most like the one that does not exist. */

import { nearest } from '../logic/nearest.js';
import { home, make } from './page.js';

/** @typedef {{url: string, title: string}} Listed */

/** @param {HTMLElement} section */
export async function mount(section) {
  const wanted = decodeURIComponent(location.pathname.slice(home.pathname.length));
  const answer = await fetch(new URL('links.json', home));
  /** @type {{pages: Listed[]}} */
  const { pages } = await answer.json();
  const found = nearest(wanted, pages.map((page) => ({ ...page, path: page.url.slice(1) })));
  if (found.length === 0) return;
  section.append(make('ul', {}, ...found.map(({ path, title }) => make('li', {}, make('a', { href: new URL(path, home).href }, title)))));
  section.hidden = false;
}
