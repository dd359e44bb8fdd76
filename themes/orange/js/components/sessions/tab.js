// @ts-check
/**
 * Which tab this is. A browser copies `sessionStorage` into a tab that it duplicates, or that a page opens: two tabs would show
 * the same customer. So the page that is shown holds the tab's name, and lets it go when it is left; who finds it held asks
 * whether the holder is still there.
 */

import { makeId } from '../page.js';

/** How long a page that lives takes to say so, at most. */
const PATIENCE_MS = 150;

/** @type {BroadcastChannel | null} */
let channel = null;
let own = '';

/**
 * Where the tab's name stands.
 * @param {string} place the key of what the tab keeps
 */
export function tabKey(place) {
  return `${place}:tab`;
}

/**
 * Forgets what was copied from another tab.
 * @param {string} place the key of what the tab keeps
 */
export async function claimTab(place) {
  try {
    const holder = sessionStorage.getItem(tabKey(place));
    if (holder !== null && (await isAlive(place, holder))) sessionStorage.removeItem(place);
    own = makeId();
    sessionStorage.setItem(tabKey(place), own);
    channel = new BroadcastChannel(place);
    channel.addEventListener('message', ({ data }) => data.asked === own && channel?.postMessage({ here: own }));
  } catch {
    // Without storage there is nothing to confuse.
  }
}

/** @param {string} place */
export function leaveTab(place) {
  channel?.close();
  channel = null;
  try {
    if (sessionStorage.getItem(tabKey(place)) === own) sessionStorage.removeItem(tabKey(place));
  } catch {
    // As above.
  }
}

/**
 * @param {string} place
 * @param {string} holder
 * @returns {Promise<boolean>}
 */
function isAlive(place, holder) {
  return new Promise((resolve) => {
    const question = new BroadcastChannel(place);
    const settle = (/** @type {boolean} */ alive) => {
      clearTimeout(timer);
      question.close();
      resolve(alive);
    };
    const timer = setTimeout(() => settle(false), PATIENCE_MS);
    question.addEventListener('message', ({ data }) => data.here === holder && settle(true));
    question.postMessage({ asked: holder });
  });
}
