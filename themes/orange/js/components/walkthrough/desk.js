// @ts-check
/** The record column of the desk: the name of the session, its typed values, and the current record. */

import { typedInputs } from '../../logic/record.js';
import { makeCopyButton } from '../copy.js';
import { make } from '../page.js';
import { colorOf, nameOf } from '../sessions/name.js';
import { makeRecord } from './record.js';

/** @import { Session, Type, Walk } from '../../logic/types.js' */

/** @param {Type} type */
export function makeDesk(type) {
  const column = document.querySelector('.desk-record');
  const badge = make('span', { class: 'session-number' });
  const name = make('span');
  const typed = make('dl', { class: 'node-copies' });
  column?.append(make('p', { class: 'whose' }, badge, name), typed);
  const record = makeRecord(type);
  column?.append(record.element);
  let last = '';
  return {
    /**
     * @param {Walk} walked
     * @param {Session} session
     */
    show(walked, session) {
      record.update(walked);
      column?.setAttribute('data-color', colorOf(session));
      badge.textContent = String(session.number);
      name.textContent = nameOf(session);
      const rows = typedInputs(walked);
      const json = JSON.stringify(rows);
      if (json === last) return;
      last = json;
      typed.replaceChildren(...rows.map(makeRow));
    },
  };
}

/** @param {{label: string, text: string}} row */
function makeRow({ label, text }) {
  const value = make('span', { class: 'copy-value' }, text);
  return make('div', {}, make('dt', {}, label), make('dd', {}, make('span', { class: 'copy' }, value, makeCopyButton(value))));
}
