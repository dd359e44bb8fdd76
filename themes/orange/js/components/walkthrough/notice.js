// @ts-check
/** Notices: the effect of a changed answer, and the answers that a new version no longer has. */

import { translate } from '../page.js';

/** @import { Replay, Revision } from '../../logic/types.js' */

/** @param {Revision | null} revision */
export function describeRevision(revision) {
  if (!revision) return '';
  const { from, to, same, kept, left } = revision;
  const outcome = same ? translate('outcome_same', { to: to ?? '' }) : from && to ? translate('outcome_changed', { from, to }) : from ? translate('outcome_lost', { from }) : '';
  return [outcome, kept > 0 ? translate('answers_kept', { count: String(kept) }) : '', left > 0 ? translate('answers_left', { count: String(left) }) : ''].filter(Boolean).join(' ');
}

/** @param {Replay} replay */
export function describeReplay({ why, was }) {
  return translate(`replay_${why}`, { title: was.title || translate('form'), answer: was.answer || was.typed });
}
