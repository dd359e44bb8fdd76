// @ts-check
/** Whether a condition of a rule holds. */

import { isWithin } from './calendar.js';
import { matchesWhole } from './inputs.js';
import { plain } from './notation.js';

/** @import { Calendar, Condition, Constant, Lookup, Reading } from './types.js' */
/** @typedef {Record<string, Calendar>} Calendars */

/** @type {Record<string, (reading: Reading, constant: any, calendars: Calendars) => boolean>} */
const operators = {
  is: isAmong,
  in: isAmong,
  not: (reading, constant) => !isAmong(reading, constant),
  gt: (reading, constant) => compare(reading, constant) > 0,
  gte: (reading, constant) => compare(reading, constant) >= 0,
  lt: (reading, constant) => compare(reading, constant) < 0,
  lte: (reading, constant) => compare(reading, constant) <= 0,
  matches: ({ value }, pattern) => [value].flat().some((each) => matchesWhole(String(pattern), plain(each))),
  within: (reading, name, calendars) => isInside(reading, calendars[name]) === true,
  outside: (reading, name, calendars) => isInside(reading, calendars[name]) === false,
};

/**
 * A missing value satisfies only `answered: false`.
 * @param {Condition | null} condition null is `otherwise`
 * @param {Lookup} find
 * @param {Calendars} calendars
 * @returns {boolean}
 */
export function holds(condition, find, calendars) {
  if (condition === null) return true;
  if ('all' in condition) return condition.all.every((each) => holds(each, find, calendars));
  if ('any' in condition) return condition.any.some((each) => holds(each, find, calendars));
  const { name, op, value } = condition;
  const reading = find(name);
  const known = reading !== undefined && reading.value !== null;
  if (op === 'answered') return known === (value !== false);
  return known && operators[op](reading, value, calendars);
}

/**
 * One of several answers is enough.
 * @param {Reading} reading
 * @param {Constant | Constant[]} constant
 */
function isAmong({ value }, constant) {
  const wanted = [constant].flat();
  return [value].flat().some((each) => each !== null && wanted.includes(each));
}

/**
 * Incomparable values are neither above nor below.
 * @param {Reading} reading
 * @param {Constant} constant
 */
function compare({ value }, constant) {
  if (typeof value !== typeof constant || value === null) return NaN;
  return value === constant ? 0 : value > constant ? 1 : -1;
}

/**
 * @param {Reading} reading
 * @param {Calendar | undefined} calendar
 */
function isInside(reading, calendar) {
  return calendar && ['date', 'time', 'datetime'].includes(reading.type) ? isWithin(calendar, reading) : null;
}
