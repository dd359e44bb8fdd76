// @ts-check
/** Whether keys without Ctrl or Alt act. They can be turned off: speech input presses them by accident (WCAG 2.1.4). */

import { place } from './page.js';

const TYPING = 'input:not([type="checkbox"]), select, textarea, [contenteditable]';
const OFF = `${place}:keys-off`;

export function areKeysOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} off */
export function turnKeys(off) {
  try {
    if (off) localStorage.setItem(OFF, 'off');
    else localStorage.removeItem(OFF);
  } catch {
    // It cannot be kept.
  }
}

/**
 * Whether a key acts alone: without Ctrl or Alt, outside of fields and dialogs.
 * @param {KeyboardEvent} event
 */
export function isSingleKey({ target, repeat, altKey, ctrlKey, metaKey }) {
  return !(repeat || altKey || ctrlKey || metaKey || isTyping(target) || areKeysOff());
}

/** @param {EventTarget | null} target */
export function isTyping(target) {
  return document.querySelector('dialog[open]') !== null || (target instanceof Element && target.closest(TYPING) !== null);
}
