// @ts-check
/** Who someone is and how to reach them: each text is read to its bare value, or refused. */

/** @import { Read } from './types.js' */

const PUNCTUATION = /[.\-/\s]/g;
const AREA_AND_NUMBER = /^[1-9][1-9](?:[2-5]\d{7}|9\d{8})$/;
const WITHOUT_AREA = /^(?:0[3589]00\d{6,7}|[34]00\d{5})$/;
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const EMAIL = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@(?:${LABEL}\\.)+${LABEL}$`, 'i');

/**
 * Numeric, or alphanumeric by Instrução Normativa RFB 2.229/2024.
 * @param {string} text
 */
export function readCnpj(text) {
  return readChecked(text.toUpperCase(), /^[\dA-Z]{12}\d\d$/, 9);
}

/** @param {string} text */
export function readCpf(text) {
  return readChecked(text, /^\d{11}$/, 11);
}

/**
 * `(11) 4003-0015`, `+55 11 98765-4321`, `0800 123 4567`, `4003-0015`.
 * @param {string} text
 */
export function readPhone(text) {
  const digits = text.replace(/[\s().\-]/g, '');
  const national = digits.replace(/^(?:\+55|0055|55(?=\d{10,11}$)|0(?=\d{10,11}$))/, '');
  if (WITHOUT_AREA.test(digits)) return digits;
  return AREA_AND_NUMBER.test(national) ? national : null;
}

/** @param {string} text */
export function readEmail(text) {
  return text.length <= 254 && EMAIL.test(text) ? text : null;
}

/**
 * Only `http` and `https`.
 * @param {string} text
 */
export function readUrl(text) {
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
 * Repeated digits satisfy the sum and belong to nobody.
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
