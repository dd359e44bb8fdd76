// @ts-check
/** The values that other tabs of this browser hold: the tabs exchange digests, never the values. */

import { place } from '../page.js';

/** @import { Session } from '../../logic/types.js' */

/** By tab. @type {Map<string, Set<string>>} */
const others = new Map();
/** @type {BroadcastChannel | null} */
let channel = null;
let sent = '';

/**
 * @param {string} own the id of this tab
 * @param {() => Session[]} sessions
 */
export function listenToTabs(own, sessions) {
  if (!('BroadcastChannel' in window)) return;
  channel ??= new BroadcastChannel(`${place}:values`);
  channel.onmessage = ({ data }) => {
    if (data.from === own) return;
    if (Array.isArray(data.values)) others.set(data.from, new Set(data.values));
    if (data.hello) send(own, sessions(), true);
  };
  channel.postMessage({ from: own, hello: true });
  addEventListener('pagehide', () => channel?.postMessage({ from: own, values: [] }));
}

/**
 * @param {string} own
 * @param {Session[]} sessions
 * @param {boolean} [always] also when nothing changed
 */
export function send(own, sessions, always = false) {
  const values = sessions.flatMap(({ identities }) => Object.entries(identities).map(([name, value]) => digest(name, value)));
  const text = values.join();
  if (text === sent && !always) return;
  sent = text;
  channel?.postMessage({ from: own, values });
}

/**
 * @param {string} name of an input
 * @param {string | undefined} value
 */
export function isElsewhere(name, value) {
  return value !== undefined && [...others.values()].some((values) => values.has(digest(name, value)));
}

/**
 * 53 bits of a hash (cyrb53).
 * @param {string} name
 * @param {string} value
 */
function digest(name, value) {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (const character of `${name}\n${value}`) {
    const code = character.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return String(4294967296 * (2097151 & two) + (one >>> 0));
}
