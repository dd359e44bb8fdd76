// @ts-check
/** The flows of the home page, which their digits open. */

import { make } from './page.js';
import { isSingleKey } from './single-keys.js';

/** @param {HTMLElement} launch */
export function mount(launch) {
  const cards = [...launch.querySelectorAll('.flow-card')].filter((card) => card instanceof HTMLElement).slice(0, 9);
  for (const [at, card] of cards.entries()) {
    card.append(make('kbd', { 'aria-hidden': 'true' }, String(at + 1)));
    card.setAttribute('aria-keyshortcuts', String(at + 1));
  }
  document.addEventListener('keydown', (event) => {
    const card = /^[1-9]$/.test(event.key) && isSingleKey(event) ? cards[Number(event.key) - 1] : null;
    if (!card) return;
    event.preventDefault();
    card.click();
  });
}
