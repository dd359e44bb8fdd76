// @ts-check
/**
 * What the tab remembers, in `sessionStorage` alone: one walk a page. A visit that is neither a reload nor a return begins
 * anew, so that no customer's answers are shown for the next.
 */

/** @import { Kept } from '../../logic/types.js' */

const PLACE = `vereda:${location.pathname}`;

export function newWalk() {
  return Math.random().toString(36).slice(2);
}

/**
 * @param {string} walk
 * @param {Kept} kept
 */
export function remember(walk, kept) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ walk, ...kept }));
  } catch {
    // It lasts as long as the page.
  }
}

/**
 * @param {string} walk
 * @returns {Kept | null}
 */
export function recall(walk) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
    return kept?.walk === walk ? kept : null;
  } catch {
    return null;
  }
}
