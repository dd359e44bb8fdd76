// @ts-check
/** The question whether pasted values are of another customer than the session's. */

import { openDialog } from '../dialog.js';
import { make, makeButton, translate } from '../page.js';

/** @typedef {{label: string, was: string, now: string}} Conflict */

/**
 * @param {Conflict[]} conflicts
 * @param {string} name of the session
 * @returns {Promise<'new' | 'replaced' | null>} null when the reader closes the dialog
 */
export async function askWhose(conflicts, name) {
  /** @type {'new' | 'replaced' | null} */
  let choice = null;
  await openDialog(translate('conflict'), (close) => {
    const choose = (/** @type {'new' | 'replaced'} */ made) => () => {
      choice = made;
      close();
    };
    const lines = conflicts.map(({ label, was, now }) => make('li', {}, translate('conflict_line', { label, was, now })));
    const other = makeButton('walk-continue', translate('session_new'), choose('new'));
    other.autofocus = true;
    const replace = makeButton('button', translate('conflict_replace'), choose('replaced'));
    return make(
      'section', {}, make('h2', {}, translate('conflict')), make('p', {}, translate('conflict_text', { name })), make('ul', {}, ...lines),
      make('div', { class: 'walk-bar' }, other, replace),
    );
  });
  return choice;
}
