// @ts-check
/** Numbers, money, dates, times and date-times as Brazil types them → as they are compared, and back. */

const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const COMMA = /^\d+(,\d+)?$/;
const POINT = /^\d+\.\d+$/;
const MONEY = /^(-?)\s*(?:R\$)?\s*(-?)\s*([\d.,]+)$/i;
/** What a double holds exactly. */
const MOST_DIGITS = 15;
const DATE = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?)\/(\d\d?)\/(\d{4}))$/;
const TIME = /^(\d\d?)(?::(\d\d)(?::[0-5]\d(?:[.,]\d+)?)?h?|h(\d\d)?)$/i;
const DATE_TIME = /^([\d/-]+)(?:T|,?\s+(?:[àa]s\s+|-\s+)?)([\d:.,h]+?)\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * `1.234,56`, `1234,56`, `1234.56`; `1.234` is a thousand and more.
 * @param {string} text
 */
export function readNumber(text) {
  const decimal = toDecimal(text.replace(/^-/, ''));
  if (decimal === null || decimal.replace('.', '').length > MOST_DIGITS) return null;
  return text.startsWith('-') ? -Number(decimal) : Number(decimal);
}

/**
 * At most two decimals, with or without `R$`.
 * @param {string} text
 */
export function readMoney(text) {
  const [, before, after, amount] = MONEY.exec(text) ?? [];
  const tooFine = /\.\d{3}/.test(toDecimal(amount ?? '') ?? '');
  return !amount || tooFine || (before && after) ? null : readNumber(before + after + amount);
}

/**
 * With a plain space, so that it pastes as typed.
 * @param {number} amount
 */
export function writeMoney(amount) {
  const [whole, cents] = Math.abs(amount).toFixed(2).split('.');
  const sign = amount < 0 && Number(whole + cents) !== 0 ? '-' : '';
  return `${sign}R$ ${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${cents}`;
}

/**
 * A number without exponent, anything else as it is.
 * @param {unknown} value
 */
export function plain(value) {
  return typeof value === 'number' ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : String(value);
}

/** @param {string} text */
function toDecimal(text) {
  if (GROUPED.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (COMMA.test(text)) return text.replace(',', '.');
  return POINT.test(text) ? text : null;
}

/**
 * `13/10/2026` or `2026-10-13`.
 * @param {string} text
 */
export function readDate(text) {
  const parts = DATE.exec(text) ?? [];
  const [year, month, day] = parts[1] ? parts.slice(1) : parts.slice(4).reverse();
  const date = parts[0] ? [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') : '';
  return isDate(date) ? date : null;
}

/**
 * `7:59`, `07:59:30`, `7h`, `7h59`, `7:59h`; seconds are dropped.
 * @param {string} text
 */
export function readTime(text) {
  const [, hour, minute, other] = TIME.exec(text) ?? [];
  const time = `${(hour ?? '99').padStart(2, '0')}:${minute ?? other ?? '00'}`;
  return /^([01]\d|2[0-3]):[0-5]/.test(time) ? time : null;
}

/**
 * Without an offset it is a wall-clock time and stays; with one it is an instant, shown on the wall clock of `zone`.
 * @param {string} text
 * @param {string} zone
 */
export function readDateTime(text, zone) {
  const [, day, hour, offset] = DATE_TIME.exec(text) ?? [];
  const [date, time] = [readDate(day ?? ''), readTime(hour ?? '')];
  if (!date || !time) return null;
  if (!offset) return { value: `${date}T${time}` };
  const instant = Date.parse(`${date}T${time}Z`) - readOffset(offset);
  return Number.isNaN(instant) ? null : { value: wallClock(instant, zone), instant };
}

/**
 * @param {number} instant
 * @param {string} timeZone an IANA name
 */
export function wallClock(instant, timeZone) {
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/**
 * 1 (Monday) to 7.
 * @param {string} date
 */
export function weekdayOf(date) {
  return new Date(date).getUTCDay() || 7;
}

/** @param {string} date */
export function dayBefore(date) {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

/** @param {string} date or date-time */
export function writeDate(date) {
  return date.slice(0, 10).split('-').reverse().join('/');
}

/** @param {string} date */
function isDate(date) {
  const instant = date < '0001' ? NaN : Date.parse(date);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
}

/** @param {string} offset */
function readOffset(offset) {
  const [hours, minutes] = offset.replace(/\D/g, '').padEnd(4, '0').match(/\d\d/g)?.map(Number) ?? [];
  if (hours > 23 || minutes > 59) return NaN;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
