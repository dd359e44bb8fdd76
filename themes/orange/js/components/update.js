// @ts-check
/** The bar that offers a new version of the site. */

import { announce, make, makeButton, translate } from './page.js';

/** @param {() => void} accept */
export function mount(accept) {
  if (document.querySelector('.update')) return;
  document.body.append(make('aside', { class: 'update', 'aria-label': translate('update') }, translate('new_version'), ' ', makeButton('button', translate('update'), accept)));
  announce(translate('new_version'));
}
