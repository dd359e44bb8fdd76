// @ts-check
/** What a reader typed → a reading, or why it is refused. */

import { readCnpj, readCpf, readEmail, readPhone, readUrl } from './contacts.js';
import { readDate, readDateTime, readMoney, readNumber, readTime } from './notation.js';

/** @import { Calendar, Constant, Input, Read, Reading, Refusal, Value } from './types.js' */

const ZONE = 'America/Sao_Paulo';
const ORDERED = ['number', 'money', 'date', 'time', 'datetime'];

/** @type {Record<string, (text: string, input: Input, zone: string) => Read>} */
const readers = {
  text: (text) => ({ value: text }),
  number: (text) => understood(readNumber(text)),
  money: (text) => understood(readMoney(text)),
  date: (text) => understood(readDate(text)),
  time: (text) => understood(readTime(text)),
  datetime: (text, _, zone) => readDateTime(text, zone) ?? { error: 'format' },
  cnpj: readCnpj,
  cpf: readCpf,
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
 * As an option's `set` has it.
 * @param {Input} input
 * @param {Constant} value
 */
export function readConstant(input, value) {
  const text = String(value);
  if (typeof value === 'number') return { type: input.type, text: text.replace('.', ','), value };
  const reading = read(input, text);
  return 'error' in reading ? { type: input.type, text, value } : reading;
}

/**
 * Of the first calendar by name, should they differ.
 * @param {Record<string, Calendar>} calendars
 */
export function zoneOf(calendars) {
  const [first] = Object.keys(calendars).sort();
  return first === undefined ? ZONE : calendars[first].timezone;
}

/**
 * A pattern that this browser cannot read takes nothing.
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
  if (!ORDERED.includes(type) || value === null) return null;
  if (min != null && value < min) return { error: 'min' };
  return max != null && value > max ? { error: 'max' } : null;
}

/**
 * By its id or its label.
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
