// @ts-check
/** The filters of a placeholder: `{name|filter}`. */

import { readDate, readDateTime, readMoney, writeDate, writeMoney } from './notation.js';

/** @import { Reading } from './types.js' */

/** @type {Record<string, (reading: Reading) => string>} */
const filters = {
  digits: ({ text, type }) => (type === 'cnpj' ? text.toUpperCase().replace(/[^0-9A-Z]/g, '') : text.replace(/[^0-9]/g, '')),
  upper: ({ text }) => text.toUpperCase(),
  url: ({ text }) => encode(text),
  brl: ({ text, value }) => {
    const amount = typeof value === 'number' ? value : readMoney(text);
    return amount === null ? text : writeMoney(amount);
  },
  date: ({ text, type, value }) => {
    const date = type === 'date' || type === 'datetime' ? value : (readDate(text) ?? readDateTime(text, 'UTC')?.value);
    return typeof date === 'string' ? writeDate(date) : text;
  },
};

/** @param {string} name */
export function isFilter(name) {
  return Object.hasOwn(filters, name);
}

/**
 * False for `.` and `..` in an address: browsers read them as folders, also when they are encoded.
 * @param {string | undefined} name
 * @param {Reading} reading
 */
export function fits(name, { text }) {
  return name !== 'url' || (text !== '.' && text !== '..');
}

/**
 * A filter returns an unreadable value unchanged.
 * @param {string} name
 * @param {Reading} reading
 */
export function filter(name, reading) {
  return reading.text === '' ? '' : filters[name](reading);
}

/**
 * All but the unreserved characters of RFC 3986.
 * @param {string} text
 */
export function encode(text) {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(whole).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
