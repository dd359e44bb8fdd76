// @ts-check
/** What a reader typed → a reading, or why it is refused. */

import { readNumber, readMoney } from './numbers.js';
import { readDate, readTime, readDateTime } from './moments.js';
import { readCnpj, readCpf } from './taxpayers.js';
import { readPhone, readEmail, readUrl } from './contacts.js';

/** @import { Calendar, Constant, Input, Reading, Refusal, Value } from './types.js' */
/** @typedef {{value: Value, text?: string, instant?: number} | Refusal} Read */

const ZONE = 'America/Sao_Paulo';
const ORDERED = new Set(['number', 'money', 'date', 'time', 'datetime']);

/** @type {Record<string, (text: string, input: Input, zone: string) => Read>} */
const readers = {
  text: (text) => ({ value: text }),
  number: (text) => understood(readNumber(text)),
  money: (text) => understood(readMoney(text)),
  date: (text) => understood(readDate(text)),
  time: (text) => understood(readTime(text)),
  datetime: (text, _, zone) => readDateTime(text, zone) ?? { error: 'format' },
  cnpj: (text) => readCnpj(text),
  cpf: (text) => readCpf(text),
  phone: (text) => understood(readPhone(text)),
  email: (text) => understood(readEmail(text)),
  url: (text) => understood(readUrl(text)),
  choice: readChoice,
};

/**
 * @param {Input} input
 * @param {string} typed
 * @param {string} [zone] where a date-time with an offset is told
 * @returns {Reading | Refusal}
 */
export function read(input, typed, zone = ZONE) {
  const { type } = input;
  const text = typed.normalize('NFC').trim();
  if (text === '') return input.required === false ? { type, text, value: null } : { error: 'required' };
  const found = readers[type](text, input, zone);
  if ('error' in found) return found;
  return refuse(input, found.value) ?? { type, text, ...found };
}

/**
 * The reading of a constant of the flow, as an option's `set` has it.
 * @param {Input} input
 * @param {Constant} constant
 * @returns {Reading}
 */
export function readConstant(input, constant) {
  if (typeof constant === 'number') return { type: input.type, text: String(constant).replace('.', ','), value: constant };
  const reading = read(input, String(constant));
  return 'error' in reading ? { type: input.type, text: String(constant), value: constant } : reading;
}

/**
 * The zone of the flow's calendars (of the first by name, should they differ).
 * @param {Record<string, Calendar>} calendars
 */
export function zoneOf(calendars) {
  const [first] = Object.keys(calendars).sort();
  return first === undefined ? ZONE : calendars[first].timezone;
}

/**
 * Whether a pattern takes the whole text. One that this browser cannot read takes nothing.
 * @param {string} pattern
 * @param {string} text
 */
export function matchesWhole(pattern, text) {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return false;
  }
}

/**
 * @param {Input} input
 * @param {Value} value
 * @returns {Refusal | null}
 */
function refuse({ type, pattern, min, max }, value) {
  if (pattern && !matchesWhole(pattern, String(value))) return { error: 'pattern' };
  if (!ORDERED.has(type) || value === null) return null;
  if (min != null && value < min) return { error: 'min' };
  if (max != null && value > max) return { error: 'max' };
  return null;
}

/**
 * A choice is told by its id or by its label, and its text is the label.
 * @param {string} text
 * @param {Input} input
 * @returns {Read}
 */
function readChoice(text, { choices = [] }) {
  const choice = choices.find(({ id }) => id === text) ?? choices.find(({ label }) => label === text);
  return choice ? { value: choice.id, text: choice.label } : { error: 'choice' };
}

/**
 * @param {string | number | null} value
 * @returns {Read}
 */
function understood(value) {
  return value === null ? { error: 'format' } : { value };
}
