// @ts-check
/** A typed text → its value, or the reason why it is refused. */

import { plain, readDate, readDateTime, readMoney, readNumber, readTime } from './notation.js';
import { clean, withHyphens, withoutLabel } from './words.js';

/** @import { Constant, Input, Read, Reading, Refusal, Value } from './types.js' */

const ZONE = 'America/Sao_Paulo';
const ORDERED = ['number', 'money', 'date', 'time', 'datetime'];
const PUNCTUATION = /[.\-/\s]/g;
const AREA_AND_NUMBER = /^[1-9][1-9](?:[2-5]\d{7}|9\d{8})$/;
const WITHOUT_AREA = /^(?:0[3589]00\d{6,7}|[34]00\d{5})$/;
/** The most UTF-16 units of a text that is matched: `vereda check` measures patterns on texts of this length. */
const LONGEST_MATCHED = 500;
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const EMAIL = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@(?:${LABEL}\\.)+${LABEL}$`, 'i');

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
 * A refused text is read again with hyphens for its dashes, then without a label of the input before the value.
 * @param {Input} input
 * @param {string} typed
 * @param {string} [zone] of a date-time with an offset
 * @returns {Reading | Refusal}
 */
export function read(input, typed, zone = ZONE) {
  const { type } = input;
  const text = clean(typed);
  if (text === '') return input.required === false ? { type, text, value: null } : { error: 'required' };
  const found = readClean(input, text, zone);
  if (!('error' in found)) return found;
  const plainer = withHyphens(text);
  const again = plainer === text ? found : readClean(input, plainer, zone);
  const bare = 'error' in again ? withoutLabel(plainer, input) : null;
  return bare === null ? again : readClean(input, bare, zone);
}

/**
 * @param {Input} input
 * @param {string} text
 * @param {string} zone
 * @returns {Reading | Refusal}
 */
function readClean(input, text, zone) {
  const { type } = input;
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
  const text = plain(value);
  if (typeof value === 'number') return { type: input.type, text: text.replace('.', ','), value };
  const reading = read(input, text);
  return 'error' in reading ? { type: input.type, text, value } : reading;
}

/**
 * The zone in which a date-time with an offset is shown.
 * @param {{timezone?: string}} flow
 */
export function zoneOf({ timezone }) {
  return timezone ?? ZONE;
}

/**
 * A pattern that this browser cannot read matches nothing, and a longer text matches no pattern.
 * @param {string} pattern
 * @param {string} text
 */
export function matchesWhole(pattern, text) {
  try {
    return text.length <= LONGEST_MATCHED && new RegExp(`^(?:${pattern})$`, 'u').test(text);
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
  if (pattern && !matchesWhole(pattern, plain(value))) return { error: 'pattern' };
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

/**
 * Numeric, or alphanumeric by Instrução Normativa RFB 2.229/2024.
 * @param {string} text
 */
function readCnpj(text) {
  return readChecked(text.toUpperCase(), /^[\dA-Z]{12}\d\d$/, 9);
}

/** @param {string} text */
function readCpf(text) {
  return readChecked(text, /^\d{11}$/, 11);
}

/**
 * `(11) 4003-0015`, `+55 11 98765-4321`, `0800 123 4567`, `4003-0015`.
 * @param {string} text
 */
function readPhone(text) {
  const digits = text.replace(/[\s().\-]/g, '');
  const national = digits.replace(/^(?:\+55|0055|55(?=\d{10,11}$)|0(?=\d{10,11}$))/, '');
  if (WITHOUT_AREA.test(digits)) return digits;
  return AREA_AND_NUMBER.test(national) ? national : null;
}

/** @param {string} text */
function readEmail(text) {
  return text.length <= 254 && EMAIL.test(text) ? text : null;
}

/**
 * Only `http` and `https`.
 * @param {string} text
 */
function readUrl(text) {
  try {
    return /^https?:\/\/[^\s/]\S*$/i.test(text) && new URL(text) ? text : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @param {RegExp} form
 * @param {number} highest
 * @returns {Read}
 */
function readChecked(text, form, highest) {
  const value = text.replace(PUNCTUATION, '');
  if (!form.test(value)) return { error: 'format' };
  return endsInCheckDigits(value, highest) ? { value } : { error: 'check' };
}

/**
 * Repeated digits satisfy the sum, but are no valid number.
 * @param {string} value
 * @param {number} highest
 */
function endsInCheckDigits(value, highest) {
  if (/^(.)\1*$/.test(value)) return false;
  const first = value.slice(0, -2) + checkDigit(value.slice(0, -2), highest);
  return value === first + checkDigit(first, highest);
}

/**
 * Modulo 11 over `ASCII − 48`, with weights 2, 3, … from the right.
 * @param {string} characters
 * @param {number} highest the weight after which they begin again at 2
 */
function checkDigit(characters, highest) {
  const weighted = [...characters].reverse().map((each, at) => (each.charCodeAt(0) - 48) * (2 + (at % (highest - 1))));
  const rest = weighted.reduce((sum, each) => sum + each, 0) % 11;
  return rest < 2 ? 0 : 11 - rest;
}
