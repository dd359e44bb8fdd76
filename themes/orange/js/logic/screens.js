// @ts-check
/** Screens: a node that waits for an answer, below the steps before it that wait for nothing. */

import { answer, stopAfter, stopBefore } from './answers.js';
import { findNode } from './flow.js';
import { walk } from './walk.js';

/** @import { Answer, Next, Place, State, Walk } from './types.js' */

/** Room above the last node of a screen, in steps; one with something to do takes that of two. */
const ROOM = 3;

/**
 * The nodes of the screen that begins at a node. Only the last one is answered.
 * @param {Walk} walked
 * @param {string} key
 * @returns {Place[]}
 */
export function screenAt(walked, key) {
  /** @type {Place[]} */
  const places = [];
  let now = walked;
  let room = ROOM;
  let place = findNode(walked.flow, key);
  while (place) {
    places.push(place);
    room -= sizeOf(place);
    if (room < 0 || !isRead(walked, place)) break;
    now = walk(now.flow, pass(now.state, [place.key]));
    if (!now.path.some((stop) => stop.key === place?.key)) break;
    const next = findNode(walked.flow, stopAfter(now, place.key));
    place = next && follows(next, place) ? next : null;
  }
  return places;
}

/**
 * The first node of the longest screen that ends with the stop before a node.
 * @param {Walk} walked
 * @param {string} key
 */
export function screenBefore(walked, key) {
  const last = stopBefore(walked, key);
  let first = last;
  for (let count = 0; last !== null && first !== null && count < ROOM; count += 1) {
    const earlier = stopBefore(walked, first);
    if (earlier === null || !screenAt(walked, earlier).some((place) => place.key === last)) break;
    first = earlier;
  }
  return first;
}

/**
 * Answers the last node of a screen. The steps above it count as done.
 * @param {Walk} walked
 * @param {string[]} keys
 * @param {Answer} given
 * @returns {Next}
 */
export function answerScreen({ flow, state }, keys, given) {
  return answer(walk(flow, pass(state, keys.slice(0, -1))), keys[keys.length - 1], given);
}

/** @param {Place} place */
function sizeOf({ node: { ask, links, copy, checklist } }) {
  return ask.length + links.length + copy.length + checklist.length > 0 ? 2 : 1;
}

/**
 * Whether nothing keeps a node from sharing its screen with the next one. A form that is already answered is opened to be changed.
 * @param {Walk} walked
 * @param {Place} place
 */
function isRead({ looped, current, state }, { key, node }) {
  if (node.kind !== 'step' || (looped && current === key)) return false;
  return node.ask.length === 0 || state.answers[key] !== true;
}

/**
 * Whether a node stands below another in the document, which is the order on the screen. An outcome has a screen of its own.
 * @param {Place} next
 * @param {Place} place
 */
function follows({ prefix, node }, place) {
  return prefix === place.prefix && node.kind !== 'outcome' && node.number > place.node.number;
}

/**
 * @param {State} state
 * @param {string[]} keys
 * @returns {State}
 */
function pass(state, keys) {
  return { ...state, answers: { ...state.answers, ...Object.fromEntries(keys.map((key) => [key, true])) } };
}
