// @ts-check
/** Whether a moment is inside a calendar: weekdays, hours and holidays. */

import { dayBefore, wallClock, weekdayOf } from './moments.js';

/** @import { Calendar, Reading } from './types.js' */

/**
 * A date-time is compared by day and hour, a date by day alone, a time by hour alone; anything else is not inside.
 * @param {Calendar} calendar
 * @param {Reading} reading
 */
export function isWithin(calendar, reading) {
  if (typeof reading.value !== 'string') return false;
  if (reading.type === 'date') return isWorkday(calendar, reading.value);
  if (reading.type === 'time') return isWithinHours(calendar, reading.value);
  if (reading.type !== 'datetime') return false;
  const { instant, value } = reading;
  const [date, time] = (instant === undefined ? value : wallClock(instant, calendar.timezone)).split('T');
  return isOpen(calendar, date, time);
}

/**
 * Hours that cross midnight belong to the day they begin on: Saturday at 03:00 is Friday's `22:00-06:00`.
 * @param {Calendar} calendar
 * @param {string} date
 * @param {string} time
 */
function isOpen(calendar, date, time) {
  return calendar.hours.some(([from, to]) => {
    if (from <= to) return isWorkday(calendar, date) && from <= time && time <= to;
    return (time >= from && isWorkday(calendar, date)) || (time <= to && isWorkday(calendar, dayBefore(date)));
  });
}

/**
 * @param {Calendar} calendar
 * @param {string} date
 */
function isWorkday({ weekdays, holidays }, date) {
  return weekdays.includes(weekdayOf(date)) && !holidays.includes(date);
}

/**
 * @param {Calendar} calendar
 * @param {string} time
 */
function isWithinHours({ hours }, time) {
  return hours.some(([from, to]) => (from <= to ? from <= time && time <= to : from <= time || time <= to));
}
