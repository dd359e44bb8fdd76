// @ts-check
/**
 * Which tab this is. A browser copies `sessionStorage` into a tab that it duplicates, or that a page opens: two tabs would show
 * the same customer. So the page that is shown holds the tab's id, and releases it when it is left. A page that finds it held
 * sends a message to the holder and waits for an answer.
 */

import { makeId } from '../page.js';

/** Time-out for the answer of a page that still holds the tab. */
const TIMEOUT_MS = 150;

/** @type {BroadcastChannel | null} */
let channel = null;
let own = '';

/**
 * The key of the tab's id.
 * @param {string} place the key of what the tab keeps
 */
export function tabKey(place) {
  return `${place}:tab`;
}

/**
 * Deletes the copied sessions of another tab.
 * @param {string} place the key of what the tab keeps
 * @returns {Promise<boolean>} true when the page before did not leave the tab: it crashed
 */
export async function claimTab(place) {
  try {
    const holder = sessionStorage.getItem(tabKey(place));
    const isCopied = holder !== null && (await isAlive(place, holder));
    if (isCopied) sessionStorage.removeItem(place);
    own = makeId();
    sessionStorage.setItem(tabKey(place), own);
    channel = new BroadcastChannel(place);
    channel.addEventListener('message', ({ data }) => data.holder === own && channel?.postMessage({ here: own }));
    return holder !== null && !isCopied;
  } catch {
    return false;
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
    const timer = setTimeout(() => settle(false), TIMEOUT_MS);
    question.addEventListener('message', ({ data }) => data.here === holder && settle(true));
    question.postMessage({ holder });
  });
}
