// @ts-check
/** What a session is called on the page, and its colour. */

import { translate } from '../page.js';

/** @import { Session } from '../../logic/types.js' */

const COLORS = 6;

/** @param {Pick<Session, 'number' | 'name' | 'label'>} session */
export function nameOf({ number, name, label }) {
  return name || label || translate('session', { number: String(number) });
}

/**
 * Where the browser or the system keeps it: without anything typed in a form.
 * @param {Pick<Session, 'number' | 'name'>} session
 */
export function publicNameOf({ number, name }) {
  return nameOf({ number, name, label: '' });
}

/** @param {Pick<Session, 'number'>} session */
export function colorOf({ number }) {
  return String(((number - 1) % COLORS) + 1);
}
