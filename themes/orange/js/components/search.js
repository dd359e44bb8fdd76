// @ts-check
/** The button of the search, and its keys. The dialog is loaded when it is opened. */

import { isSingleKey } from './single-keys.js';

/** @param {HTMLElement} button */
export function mount(button) {
  const open = async () => (await import('./search/dialog.js')).openSearchDialog(button.dataset);
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isSlash = key === '/' && isSingleKey(event);
    const isChord = key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !shiftKey;
    if (altKey || !(isSlash || isChord) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    open();
  });
}
