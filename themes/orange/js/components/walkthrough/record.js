// @ts-check
/** The record as it would be pasted now, copied as plain or as rich text. */

import { findInput } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { labelled, missingInRecord } from '../../logic/record.js';
import { plainTicket, writeTicket } from '../../logic/ticket.js';
import { confirmCopy, copyRich, copyText } from '../copy.js';
import { askFor, describeMissing } from '../missing.js';
import { announce, make, makeButton, translate } from '../page.js';
import { idOfField, makeForm } from './form.js';

/** @import { Line, Type, Walk } from '../../logic/types.js' */

/**
 * Copies the record of a walk.
 * @param {Walk} walked
 * @param {string} whose the name of the session, where there could be doubt
 * @returns {Promise<string>} what happened, in words
 */
export async function copyRecord(walked, whose) {
  const missing = missingInRecord(walked);
  if (missing.length > 0) {
    document.getElementById(idOfField(missing[0]))?.focus();
    return describeMissing(missing);
  }
  const isCopied = await copyText(plainTicket(writeLines(walked)));
  return labelled(translate(isCopied ? 'record_copied' : 'record_refused'), whose);
}

/** @param {Type} type */
export function makeRecord(type) {
  const preview = make('pre');
  const asked = make('div');
  /** @type {Line[]} */
  let lines = [];
  /** @type {string[]} */
  let missing = [];
  let forms = '';
  const unlessMissing = (/** @type {() => void} */ act) => () => (missing.length > 0 ? demand() : act());
  const demand = () => {
    askFor(missing);
    asked.querySelector('input')?.focus();
  };
  const plain = makeButton('copy-button', translate('copy'), unlessMissing(async () => confirmCopy(plain, preview, await copyText(plainTicket(lines)))));
  const rich = makeButton('copy-button', translate('copy_rich'), unlessMissing(async () => confirmCopy(rich, preview, await copyRich(plainTicket(lines), makeRich(lines)))));
  const bar = make('div', { class: 'walk-record-bar' }, plain, rich);
  const element = make('section', { class: 'walk-record' }, make('div', { class: 'walk-record-head' }, make('h2', {}, translate('record')), bar), asked, preview);
  return {
    element,
    /** @param {Walk} walked */
    update(walked) {
      lines = writeLines(walked);
      missing = missingInRecord(walked);
      preview.textContent = plainTicket(lines);
      if (forms === '' && missing.length > 0) asked.replaceChildren(makeMissing(walked, missing, type));
      forms ||= missing.join();
    },
  };
}

/** @param {Walk} walked */
function writeLines(walked) {
  const date = new Date().toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
  return writeTicket(walked, date, { outcome: translate('outcome'), status: translate('status'), code: translate('code'), open: translate('open') });
}

/**
 * The fields of inputs that the record needs and no node has.
 * @param {Walk} walked
 * @param {string[]} names
 * @param {Type} type
 */
function makeMissing({ flow, state }, names, type) {
  const asked = names.flatMap((name) => {
    const input = findInput(flow, flow, name);
    return input ? { name, input, text: state.inputs[name] ?? '' } : [];
  });
  return makeForm(asked, zoneOf(flow), { type, same: () => '', send: () => announce(translate('record')) }).element;
}

/** @param {Line[]} lines */
function makeRich(lines) {
  const parts = lines.map(({ label, text }, at) => make('div', {}, label ? `${labelled(label, '·').slice(0, -1)}` : '', label || at === 0 ? make('b', {}, text) : text));
  return make('div', {}, ...parts);
}
