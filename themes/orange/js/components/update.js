// @ts-check
/** The bar that offers a new version of the site. */

import { announce, make, makeButton, say } from './page.js';

/** @param {() => void} accept */
export function mount(accept) {
  if (document.querySelector('.update')) return;
  document.body.append(make('aside', { class: 'update', 'aria-label': say('update') }, say('new_version'), ' ', makeButton('button', say('update'), accept)));
  announce(say('new_version'));
}
