// @ts-check
/** Whether a moment is inside a calendar: weekdays, hours and holidays. */

import { isHoliday } from './holidays.js';
import { dayBefore, wallClock, weekdayOf } from './notation.js';

/** @import { Calendar, Reading } from './types.js' */

/**
 * A date is compared by day alone, a time by hour alone.
 * @param {Calendar} calendar
 * @param {Reading} reading
 */
export function isWithin(calendar, { type, value, instant }) {
  const text = String(value);
  if (type === 'date') return isWorkday(calendar, text);
  if (type === 'time') return isOpen(calendar, text, () => true);
  const [date, time] = (instant === undefined ? text : wallClock(instant, calendar.timezone)).split('T');
  return isOpen(calendar, time, (shift) => isWorkday(calendar, shift === 'today' ? date : dayBefore(date)));
}

/**
 * Hours that cross midnight belong to the day they begin on: Saturday at 03:00 is Friday's `22:00-06:00`.
 * @param {Calendar} calendar
 * @param {string} time
 * @param {(shift: 'today' | 'yesterday') => boolean} began whether a shift of that day was one
 */
function isOpen({ hours }, time, began) {
  return hours.some(([from, to]) => {
    if (from <= to) return from <= time && time <= to && began('today');
    return (from <= time && began('today')) || (time <= to && began('yesterday'));
  });
}

/**
 * @param {Calendar} calendar
 * @param {string} date
 */
function isWorkday({ weekdays, holidays }, date) {
  return weekdays.includes(weekdayOf(date)) && !isHoliday(holidays, date);
}
