// @ts-check
/** Whether keys without Ctrl or Alt act. They can be turned off: speech input presses them by accident (WCAG 2.1.4). */

import { place } from './page.js';

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
