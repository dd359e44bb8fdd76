// @ts-check
/** The question whether pasted values are of another customer than the session's, and the undo of the paste. */

import { openDialog } from '../dialog.js';
import { reader } from '../missing.js';
import { make, makeButton, makeId, translate } from '../page.js';
import { store } from '../sessions/store.js';

/** @import { Session } from '../../logic/types.js' */

/**
 * @param {string[]} names of the inputs that differ
 * @param {Record<string, string>} was
 * @param {Record<string, string>} now
 * @param {string} name of the session
 * @returns {Promise<'new' | 'replaced' | null>} null when the reader closes the dialog
 */
export async function askWhose(names, was, now, name) {
  /** @type {'new' | 'replaced' | null} */
  let choice = null;
  await openDialog(translate('conflict'), (close) => {
    const choose = (/** @type {'new' | 'replaced'} */ made) => () => {
      choice = made;
      close();
    };
    const lines = names.map((each) => make('li', {}, translate('conflict_line', { label: reader.labelOf(each), was: was[each], now: now[each] })));
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

/**
 * Shows the session from before a paste. The pasted one stays beside it if the reader has answered in it since.
 * @param {Session} before
 * @param {Pick<Session, 'id' | 'state'>} pasted the session after the paste
 * @param {(session: Session) => void} choose
 */
export function undoPaste(before, { id, state }, choose) {
  const now = store.find(id);
  const isWorked = now !== null && JSON.stringify(now.state.answers) !== JSON.stringify(state.answers);
  if (id === before.id && isWorked) return store.restore({ ...before, id: makeId() });
  if (id !== before.id && !isWorked) store.drop(id);
  choose(id === before.id ? before : (store.find(before.id) ?? before));
}
