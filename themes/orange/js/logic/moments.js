// @ts-check
/** Dates (`2026-10-13`), times (`10:00`) and date-times (`2026-10-13T10:00`), to the minute. */

const DATE = /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))$/;
const TIME = /^(\d{1,2})(?::(\d{2})(?::([0-5]\d)(?:[.,]\d+)?)?h?|h(\d{2})?)$/i;
const DATE_TIME = /^([\d/-]+)(?:T|,?\s+(?:[àa]s\s+|-\s+)?)([\d:.,h]+?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const DAY = 86_400_000;

/**
 * Reads `13/10/2026` or `2026-10-13`.
 * @param {string} text
 * @returns {string | null}
 */
export function readDate(text) {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts[1] ? parts.slice(1, 4) : [parts[6], parts[5], parts[4]];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : null;
}

/**
 * Reads `7:59`, `07:59:30`, `7h`, `7h59` and `7:59h`; seconds are dropped.
 * @param {string} text
 * @returns {string | null}
 */
export function readTime(text) {
  const parts = TIME.exec(text);
  if (!parts) return null;
  const minute = parts[2] ?? parts[4] ?? '00';
  if (Number(parts[1]) > 23 || Number(minute) > 59) return null;
  return `${parts[1].padStart(2, '0')}:${minute}`;
}

/**
 * Reads a date and a time with `T`, a space, a comma or `às` between them. Without an offset it is a wall-clock time
 * and stays as it is; with one it is an instant, told on the wall clock of `zone`.
 * @param {string} text
 * @param {string} zone
 * @returns {{value: string, instant?: number} | null}
 */
export function readDateTime(text, zone) {
  const [, day, hour, offset] = DATE_TIME.exec(text) ?? [];
  const date = day && readDate(day);
  const time = hour && readTime(hour);
  if (!date || !time) return null;
  if (!offset) return { value: `${date}T${time}` };
  const ahead = readOffset(offset);
  if (ahead === null) return null;
  const instant = Date.parse(`${date}T${time}Z`) - ahead;
  return { value: wallClock(instant, zone), instant };
}

/**
 * The wall-clock time of an instant, daylight saving included.
 * @param {number} instant
 * @param {string} zone an IANA name
 */
export function wallClock(instant, zone) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/**
 * 1 (Monday) to 7.
 * @param {string} date
 */
export function weekdayOf(date) {
  return new Date(`${date}T00:00Z`).getUTCDay() || 7;
}

/** @param {string} date */
export function dayBefore(date) {
  return new Date(Date.parse(`${date}T00:00Z`) - DAY).toISOString().slice(0, 10);
}

/**
 * `13/10/2026`
 * @param {string} date a date or a date-time
 */
export function writeDate(date) {
  return date.slice(0, 10).split('-').reverse().join('/');
}

/** @param {string} date */
function isDate(date) {
  const instant = Date.parse(`${date}T00:00Z`);
  return instant >= Date.parse('0001-01-01T00:00Z') && new Date(instant).toISOString().startsWith(date);
}

/**
 * Milliseconds ahead of UTC.
 * @param {string} offset
 */
function readOffset(offset) {
  if (/z/i.test(offset)) return 0;
  const digits = offset.replace(/\D/g, '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
