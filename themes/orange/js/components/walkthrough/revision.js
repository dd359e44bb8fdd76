// @ts-check
/** The notice about the effect of a changed answer. */

import { compareWalks } from '../../logic/revision.js';
import { translate } from '../page.js';

/** @import { Walk } from '../../logic/types.js' */

/**
 * @param {Walk} before
 * @param {Walk} after
 * @param {string} key where the answer was given
 */
export function describeRevision(before, after, key) {
  const revision = compareWalks(before, after, key);
  if (!revision) return '';
  const { from, to, same, kept, left } = revision;
  const outcome = same ? translate('outcome_same', { to: to ?? '' }) : from && to ? translate('outcome_changed', { from, to }) : from ? translate('outcome_lost', { from }) : '';
  return [outcome, kept > 0 ? translate('answers_kept', { count: String(kept) }) : '', left > 0 ? translate('answers_left', { count: String(left) }) : ''].filter(Boolean).join(' ');
}
