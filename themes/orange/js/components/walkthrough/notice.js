// @ts-check
/** The notice of an answer that a new version no longer has. */

import { translate } from '../page.js';

/** @import { Replay } from '../../logic/types.js' */

/** @param {Replay} replay */
export function describeReplay({ why, was }) {
  return translate(`replay_${why}`, { title: was.title || translate('form'), answer: was.answer || was.typed });
}
