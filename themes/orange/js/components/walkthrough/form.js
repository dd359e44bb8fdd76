// @ts-check
/** The form of a node's inputs. */

import { read } from '../../logic/inputs.js';
import { mask } from '../../logic/mask.js';
import { writeDate, writeMoney } from '../../logic/notation.js';
import { make, translate } from '../page.js';

/** @import { Asked, Constant, Input, Refusal, Same, Type } from '../../logic/types.js' */

/** @type {Record<string, string>} */
const KEYBOARDS = { number: 'decimal', money: 'decimal', cpf: 'numeric', phone: 'tel', email: 'email', url: 'url' };

/**
 * @param {Asked[]} asked
 * @param {string} zone
 * @param {{type: Type, same: Same, send: () => void}} actions
 */
export function makeForm(asked, zone, { type, same, send }) {
  const fields = asked.map((each) => makeField(each, zone, type, same));
  const element = make('form', { class: 'walk-inputs', novalidate: '' }, ...fields.map((field) => field.element));
  const check = () => {
    const wrong = fields.filter((field) => !field.check());
    wrong[0]?.control.focus();
    return wrong.length === 0;
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (check()) send();
  };
  element.addEventListener('submit', submit);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing && event.target instanceof HTMLInputElement) submit(event);
  });
  return { element, check };
}

/** @param {string} name of an input */
export function idOfField(name) {
  return `V-input-${name}`;
}

/**
 * An error shows as soon as it is certain: while the reader types, once the text is as long as the example; else when a filled
 * field is left, and when the form is sent.
 * @param {Asked} asked
 * @param {string} zone
 * @param {Type} type
 * @param {Same} same
 */
function makeField({ name, input, text }, zone, type, same) {
  const id = idOfField(name);
  const label = make('label', { for: id }, [input.label ?? name, input.required === false ? translate('optional') : ''].join(' ').trim());
  const hint = input.example ? [make('p', { class: 'field-hint', id: `${id}-hint` }, translate('example', { example: inWords(input.type, input.example) }))] : [];
  const error = make('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const warning = make('p', { class: 'field-warning', id: `${id}-same`, role: 'status' });
  const control = makeControl(input, { id, 'aria-required': String(input.required !== false), 'aria-describedby': [...hint, error, warning].map((each) => each.id).join(' ') });
  control.value = text;
  const reading = () => read(input, control.value, zone);
  const check = () => {
    const now = reading();
    const message = 'error' in now ? explain(input, now.error) : '';
    if (error.textContent !== message) error.textContent = message;
    control.setAttribute('aria-invalid', String(message !== ''));
    return message === '';
  };
  const warn = () => {
    const others = same(name);
    const message = others === '' ? '' : translate('same_value', { label: input.label ?? name, name: others });
    if (warning.textContent !== message) warning.textContent = message;
  };
  control.addEventListener('input', () => {
    type(name, control.value);
    warn();
    const now = reading();
    const isComplete = control.value.trim().length >= (input.example?.length ?? Infinity);
    if (error.textContent ? !('error' in now) : 'error' in now && (isComplete || now.error === 'check')) check();
  });
  control.addEventListener('change', () => {
    if (control.value.trim() === '' || !check() || control instanceof HTMLSelectElement) return;
    const now = reading();
    const written = mask(input.type, 'error' in now ? control.value.trim() : now.text);
    if (written === control.value) return;
    control.value = written;
    type(name, written);
  });
  warn();
  return { element: make('div', { class: 'field' }, label, control, ...hint, error, warning), control, check };
}

/**
 * Plain fields, because agents paste: a browser's own date field refuses `13/10/2026`.
 * @param {Input} input
 * @param {Record<string, string>} common
 */
function makeControl({ type, choices = [] }, common) {
  if (type !== 'choice') return make('input', { ...common, inputmode: KEYBOARDS[type], spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' });
  const options = [{ id: '', label: translate('choose') }, ...choices];
  return make('select', common, ...options.map(({ id, label }) => make('option', { value: id }, label)));
}

/**
 * The editor's own message, except for an empty field.
 * @param {Input} input
 * @param {Refusal['error']} error
 */
function explain(input, error) {
  const { type, label = '', example } = input;
  if (error === 'required' || error === 'choice') return translate(type === 'choice' ? 'error_choice' : 'error_required', { label });
  if (input.error) return input.error;
  if (error === 'min' || error === 'max') return translate(`error_${error}`, { limit: inWords(type, input[error] ?? '') });
  if (error === 'pattern') return example ? translate('error_pattern', { example }) : translate('error_pattern_plain');
  return translate(error === 'format' ? `error_${type}` : `error_${error}_${type}`, { label });
}

/**
 * @param {string} type
 * @param {Constant} limit
 */
function inWords(type, limit) {
  if (typeof limit === 'number') return type === 'money' ? writeMoney(limit) : String(limit).replace('.', ',');
  const text = String(limit);
  return type.startsWith('date') ? `${writeDate(text)} ${text.slice(11)}`.trim() : text;
}
