// @ts-check
/** What the reader is told beside the screen: what a new answer did, what a new version took away. */

import { say } from '../page.js';

/** @import { Replay, Revision } from '../../logic/types.js' */

/** @param {Revision | null} revision */
export function tellRevision(revision) {
  if (!revision) return '';
  const { from, to, same, kept, left } = revision;
  const outcome = same ? say('outcome_same', { to: to ?? '' }) : from && to ? say('outcome_changed', { from, to }) : from ? say('outcome_lost', { from }) : '';
  return [outcome, kept > 0 ? say('answers_kept', { count: String(kept) }) : '', left > 0 ? say('answers_left', { count: String(left) }) : ''].filter(Boolean).join(' ');
}

/** @param {Replay} replay */
export function tellReplay({ why, was }) {
  return say(`replay_${why}`, { title: was.title || say('form'), answer: was.answer || was.typed });
}
