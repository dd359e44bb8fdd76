// @ts-check
/** The inputs a node asks for. */

import { read } from '../../logic/inputs.js';
import { writeDate, writeMoney } from '../../logic/notation.js';
import { make, say } from '../page.js';

/** @import { Asked, Constant, Input, Refusal, Type } from '../../logic/types.js' */

/** @type {Record<string, string>} */
const KEYBOARDS = { number: 'decimal', money: 'decimal', cpf: 'numeric', phone: 'tel', email: 'email', url: 'url' };

/**
 * Once it was sent, each field is checked as it is left.
 * @param {Asked[]} asked
 * @param {string} zone
 * @param {Type} type
 * @param {() => void} send
 */
export function makeForm(asked, zone, type, send) {
  const fields = asked.map((each) => makeField(each, zone, type));
  const element = make('form', { class: 'walk-inputs', novalidate: '' }, ...fields.map((field) => field.element));
  let sent = false;
  const check = () => {
    sent = true;
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
  element.addEventListener('focusout', ({ target }) => sent && fields.find(({ control }) => control === target)?.check());
  return { element, check };
}

/**
 * @param {Asked} asked
 * @param {string} zone
 * @param {Type} type
 */
function makeField({ name, input, text }, zone, type) {
  const id = `walk-input-${name}`;
  const label = make('label', { for: id }, [input.label ?? name, input.required === false ? say('optional') : ''].join(' ').trim());
  const hint = input.example ? [make('p', { class: 'field-hint', id: `${id}-hint` }, say('example', { example: input.example }))] : [];
  const error = make('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const control = makeControl(input, { id, 'aria-required': String(input.required !== false), 'aria-describedby': [...hint, error].map((each) => each.id).join(' ') });
  control.value = text;
  const refusal = () => {
    const reading = read(input, control.value, zone);
    return 'error' in reading ? explain(input, reading.error) : '';
  };
  const check = () => {
    const message = refusal();
    if (error.textContent !== message) error.textContent = message;
    control.setAttribute('aria-invalid', String(message !== ''));
    return message === '';
  };
  control.addEventListener('input', () => {
    type(name, control.value);
    if (error.textContent && !refusal()) check();
  });
  return { element: make('div', { class: 'field' }, label, control, ...hint, error), control, check };
}

/**
 * Plain fields, because agents paste: a browser's own date field refuses `13/10/2026`.
 * @param {Input} input
 * @param {Record<string, string>} common
 */
function makeControl({ type, choices = [] }, common) {
  if (type !== 'choice') return make('input', { ...common, inputmode: KEYBOARDS[type], spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' });
  const options = [{ id: '', label: say('choose') }, ...choices];
  return make('select', common, ...options.map(({ id, label }) => make('option', { value: id }, label)));
}

/**
 * The editor's own words win, but for a field left empty.
 * @param {Input} input
 * @param {Refusal['error']} error
 */
function explain(input, error) {
  const { type, label = '', example } = input;
  if (error === 'required' || error === 'choice') return say(type === 'choice' ? 'error_choice' : 'error_required', { label });
  if (input.error) return input.error;
  if (error === 'min' || error === 'max') return say(`error_${error}`, { limit: inWords(type, input[error] ?? '') });
  if (error === 'pattern') return example ? say('error_pattern', { example }) : say('error_pattern_plain');
  return say(error === 'format' ? `error_${type}` : `error_${error}_${type}`, { label });
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
