// @ts-check
/** The record as it would be pasted now, copied as plain or as rich text. */

import { plainTicket, writeTicket } from '../../logic/ticket.js';
import { confirmCopy, copyRich, copyText } from '../copy.js';
import { make, makeButton, translate } from '../page.js';

/** @import { Line, Walk } from '../../logic/types.js' */

export function makeRecord() {
  const preview = make('pre');
  /** @type {Line[]} */
  let lines = [];
  const plain = makeButton('copy-button', translate('copy'), async () => confirmCopy(plain, preview, await copyText(plainTicket(lines))));
  const rich = makeButton('copy-button', translate('copy_rich'), async () => confirmCopy(rich, preview, await copyRich(plainTicket(lines), makeRich(lines))));
  const element = make('section', { class: 'walk-record' }, make('h2', {}, translate('record')), preview, make('div', { class: 'walk-record-bar' }, plain, rich));
  return {
    element,
    /** @param {Walk} walked */
    update(walked) {
      const date = new Date().toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
      lines = writeTicket(walked, date, { outcome: translate('outcome'), status: translate('status'), code: translate('code'), open: translate('open') });
      preview.textContent = plainTicket(lines);
    },
  };
}

/** @param {Line[]} lines */
function makeRich(lines) {
  const parts = lines.map(({ label, text }, at) => make('div', {}, label ? `${label}: ` : '', label || at === 0 ? make('b', {}, text) : text));
  return make('div', {}, ...parts);
}
