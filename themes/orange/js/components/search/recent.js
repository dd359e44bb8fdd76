// @ts-check
/** The last searches that led somewhere, in this browser only. What may be a customer's data is never stored. */

import { mayBePrivate } from '../../logic/private-text.js';
import { place } from '../page.js';

const KEY = `${place}:searches`;
const MOST = 5;

/** The latest first. @returns {string[]} */
export function readSearches() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}

/** @param {string} text */
export function rememberSearch(text) {
  const typed = text.trim();
  if (typed === '' || mayBePrivate(typed)) return;
  const searches = [typed, ...readSearches().filter((other) => other.toLowerCase() !== typed.toLowerCase())];
  try {
    localStorage.setItem(KEY, JSON.stringify(searches.slice(0, MOST)));
  } catch {
    // Without storage there is no list.
  }
}

export function forgetSearches() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is none.
  }
}
