// @ts-check
/** A pasted text: the customer's data, which fills in inputs, or a path code. */

import { isCodeOf, readCode } from '../../../logic/code-text.js';
import { allInputs, findNode } from '../../../logic/flow.js';
import { followCode } from '../../../logic/follow-code.js';
import { read, zoneOf } from '../../../logic/inputs.js';
import { findMistyped, readPaste } from '../../../logic/paste.js';
import { titleOf } from '../../../logic/record.js';
import { walk } from '../../../logic/walk.js';
import { openDialog } from '../../dialog.js';
import { make, makeButton, translate } from '../../page.js';
import { loadParts } from '../../parts.js';
import { nameOf } from '../../sessions/name.js';
import { store } from '../../sessions/store.js';

/** @import { Flow, Found, Workbench } from '../../../logic/types.js' */
/** @import { Known } from '../../placeholders.js' */

/**
 * A pasted text that is plain needs no dialog.
 * @param {string} text
 * @param {Workbench} bench
 * @returns {Promise<boolean>} false where the reader has to choose
 */
export async function takePaste(text, bench) {
  await loadParts();
  if (await takeCode(text, bench)) return true;
  const { flow } = bench.walked;
  const found = findInputs(text, flow);
  if (found.length === 0) {
    const wrong = describeMistyped(text, flow);
    if (bench.instead && wrong === '') bench.instead();
    else bench.showNotice(wrong || translate(readCode(text) ? 'code_unknown' : 'paste_nothing'));
    return true;
  }
  if (!found.every(({ sure }) => sure)) return false;
  fillIn(found.map(({ name, texts }) => [name, texts[0]]), found, bench);
  return true;
}

/**
 * @param {Workbench} bench
 * @param {() => void} close
 */
export async function makeBody(bench, close) {
  await loadParts();
  const area = make('textarea', { rows: '8', spellcheck: 'false', autocomplete: 'off' });
  const label = make('label', {}, translate('paste_label'), area);
  const error = make('p', { class: 'field-error', role: 'alert' });
  const body = make('div', {}, label, error);
  const read = async () => {
    const text = area.value;
    if (await takeCode(text, bench)) return close();
    const found = findInputs(text, bench.walked.flow);
    error.textContent = found.length === 0 ? describeMistyped(text, bench.walked.flow) || translate('paste_nothing') : '';
    if (found.length === 0) return;
    const form = makeChoices(found, (chosen) => {
      fillIn(chosen, found, bench);
      close();
    });
    body.replaceChildren(form);
    form.querySelector('select')?.focus();
  };
  area.value = bench.pasted ?? '';
  if (bench.pasted === undefined) body.append(makeButton('walk-continue', translate('paste_read'), read));
  else read();
  return make('section', {}, make('h2', {}, translate('tool_paste')), body);
}

/**
 * Unambiguous texts are preselected; the reader chooses the others.
 * @param {Found[]} found
 * @param {(chosen: [string, string][]) => void} take
 */
function makeChoices(found, take) {
  const fields = found.map(({ name, input, texts, lines, sure }) => {
    const shown = texts.map((text, at) => make('option', { value: text }, lines[at] === text ? text : `${text} ← ${lines[at]}`));
    const options = [make('option', { value: '' }, translate('paste_skip')), ...shown];
    const select = make('select', { 'data-name': name }, ...options);
    select.value = sure ? texts[0] : '';
    return { select, label: make('label', { class: 'field' }, input.label ?? name, select) };
  });
  const form = make('form', { class: 'walk-inputs' }, make('p', {}, translate('paste_doubt')), ...fields.map(({ label }) => label), make('button', { class: 'walk-continue' }, translate('paste_fill')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(fields.map(({ select }) => /** @type {[string, string]} */ ([select.dataset.name ?? '', select.value])).filter(([, text]) => text !== ''));
  });
  return form;
}

/**
 * @param {[string, string][]} chosen
 * @param {Found[]} found
 * @param {Workbench} bench
 */
function fillIn(chosen, found, bench) {
  const labels = found.filter(({ name }) => chosen.some(([each]) => each === name)).map(({ name, input }) => input.label ?? name);
  bench.fill(Object.fromEntries(chosen), labels.length > 0 ? translate('prefilled', { labels: labels.join(', ') }) : '');
}

/**
 * @param {string} text
 * @param {Flow} flow
 */
function findInputs(text, flow) {
  return readPaste(text, inputsOf(flow), zoneOf(flow));
}

/**
 * @param {string} text
 * @param {Flow} flow
 */
function describeMistyped(text, flow) {
  const labels = findMistyped(text, inputsOf(flow), zoneOf(flow)).map(({ name, input }) => input.label ?? name);
  return labels.length > 0 ? translate('paste_mistyped', { label: labels.join(', ') }) : '';
}

/** @param {Flow} flow */
function inputsOf(flow) {
  return Object.entries(allInputs(flow)).map(([name, input]) => ({ name, input }));
}

/**
 * Opens a path code here, or on the page of its flow.
 * @param {string} text
 * @param {Workbench} bench
 */
async function takeCode(text, { walked: { flow }, open }) {
  const code = readCode(text);
  if (!code) return false;
  if (!isCodeOf(flow.code, code.flow)) return (await import('../../path-code.js')).openCode(text);
  const { start, answers, wrong, at } = followCode(flow, code.tokens);
  const walked = walk(flow, { start, answers, inputs: {} });
  const place = findNode(flow, at);
  open({ start, answers }, wrong === null ? '' : translate('code_wrong', { token: wrong, title: place ? titleOf(walked, place) : '' }));
  return true;
}

/**
 * Takes the certain values of a box on a page with placeholders, unless they are of another customer.
 * @param {string} text
 * @param {Known} known
 */
export async function takeBox(text, { zone, inputs }) {
  const asked = Object.entries(inputs).map(([name, input]) => ({ name, input }));
  const found = readPaste(text, asked, zone).filter(({ sure }) => sure);
  if (found.length === 0) return;
  await loadParts();
  const { last } = store;
  const before = store.values();
  const valueOf = (/** @type {string} */ name, /** @type {string} */ typed) => JSON.stringify(Object.entries(read(inputs[name], typed, zone)).filter(([key]) => key === 'value'));
  const others = found.filter(({ name, texts }) => before[name] && valueOf(name, before[name]) !== valueOf(name, texts[0]));
  if (others.length > 0 && last) return openDialog(translate('conflict'), () => describeOthers(others, before, nameOf(last)));
  for (const { name, texts } of found) store.type(name, texts[0]);
  const labels = found.map(({ name, input }) => input.label ?? name).join(', ');
  store.offerUndo(translate('prefilled', { labels }), () => found.forEach(({ name }) => store.type(name, before[name] ?? '')));
}

/**
 * @param {Found[]} others
 * @param {Record<string, string>} before
 * @param {string} name of the session
 */
function describeOthers(others, before, name) {
  const lines = others.map((each) => make('li', {}, translate('conflict_line', { label: each.input.label ?? each.name, was: before[each.name], now: each.texts[0] })));
  const text = [translate('conflict_text', { name }), make('ul', {}, ...lines), make('p', {}, translate('paste_cancelled'))];
  return make('section', {}, make('h2', {}, translate('conflict')), ...text);
}
