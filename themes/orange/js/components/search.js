// @ts-check
/** The button of the search, and its keys. The dialog is loaded when it is opened. */

import { areKeysOff } from './single-keys.js';

const TYPING = 'input:not([type="checkbox"]), select, textarea, [contenteditable]';

/** @param {HTMLElement} button */
export function mount(button) {
  const open = async () => (await import('./search/dialog.js')).openSearchDialog(button.dataset);
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isTyping = target instanceof Element && target.closest(TYPING) !== null;
    const isSlash = key === '/' && !ctrlKey && !metaKey && !isTyping && !areKeysOff();
    const isChord = key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !shiftKey;
    if (altKey || !(isSlash || isChord) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    open();
  });
}
