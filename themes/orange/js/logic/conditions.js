// @ts-check
/** Whether a condition of a rule holds. */

import { isWithin } from './calendar.js';
import { matchesWhole } from './inputs.js';

/** @import { Calendar, Comparison, Condition, Constant, Lookup, Reading, Value } from './types.js' */
/** @typedef {(reading: Reading, constant: Constant | Constant[], calendars: Record<string, Calendar>) => boolean} Operator */

/** @type {Record<string, Operator>} */
const operators = {
  is: ({ value }, constant) => isAmong(value, constant),
  in: ({ value }, constant) => isAmong(value, constant),
  not: ({ value }, constant) => !isAmong(value, constant),
  gt: ({ value }, constant) => isComparable(value, constant) && value > constant,
  gte: ({ value }, constant) => isComparable(value, constant) && value >= constant,
  lt: ({ value }, constant) => isComparable(value, constant) && value < constant,
  lte: ({ value }, constant) => isComparable(value, constant) && value <= constant,
  matches: ({ value }, constant) => [value].flat().some((each) => matchesWhole(String(constant), String(each))),
  within: (reading, name, calendars) => isInside(reading, name, calendars) === true,
  outside: (reading, name, calendars) => isInside(reading, name, calendars) === false,
};

/**
 * What has no value satisfies no comparison but `answered: false`.
 * @param {Condition | null} condition null is `otherwise`
 * @param {Lookup} find
 * @param {Record<string, Calendar>} calendars
 * @returns {boolean}
 */
export function holds(condition, find, calendars) {
  if (condition === null) return true;
  if ('all' in condition) return condition.all.every((each) => holds(each, find, calendars));
  if ('any' in condition) return condition.any.some((each) => holds(each, find, calendars));
  return compares(condition, find, calendars);
}

/**
 * @param {Comparison} comparison
 * @param {Lookup} find
 * @param {Record<string, Calendar>} calendars
 */
function compares({ name, op, value: constant }, find, calendars) {
  const reading = find(name);
  const known = reading !== undefined && reading.value !== null;
  if (op === 'answered') return known === (constant !== false);
  return known && Object.hasOwn(operators, op) && operators[op](reading, constant, calendars);
}

/**
 * One of several answers is enough.
 * @param {Value} value
 * @param {Constant | Constant[]} constant
 */
function isAmong(value, constant) {
  const wanted = [constant].flat();
  return [value].flat().some((each) => each !== null && wanted.includes(each));
}

/**
 * @param {Value} value
 * @param {Constant | Constant[]} constant
 * @returns {value is string | number}
 */
function isComparable(value, constant) {
  return typeof value === typeof constant && (typeof value === 'number' || typeof value === 'string');
}

/**
 * @param {Reading} reading
 * @param {Constant | Constant[]} name
 * @param {Record<string, Calendar>} calendars
 * @returns {boolean | undefined} undefined when nothing can be said
 */
function isInside(reading, name, calendars) {
  const known = typeof name === 'string' && Object.hasOwn(calendars, name);
  return known && ['date', 'time', 'datetime'].includes(reading.type) ? isWithin(calendars[name], reading) : undefined;
}
