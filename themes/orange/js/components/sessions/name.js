// @ts-check
/** The name of a session on the page, and its colour. */

import { translate } from '../page.js';

/** @import { Session } from '../../logic/types.js' */

const COLORS = 6;

/** @param {Pick<Session, 'number' | 'name' | 'label'>} session */
export function nameOf({ number, name, label }) {
  return name || label || translate('session', { number: String(number) });
}

/**
 * The name for the browser's and the system's history: without typed values.
 * @param {Pick<Session, 'number' | 'name'>} session
 */
export function publicNameOf({ number, name }) {
  return nameOf({ number, name, label: '' });
}

/** @param {Pick<Session, 'number'>} session */
export function colorOf({ number }) {
  return String(((number - 1) % COLORS) + 1);
}
