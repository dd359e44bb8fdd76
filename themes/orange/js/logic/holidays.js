// @ts-check
/** Holidays of a calendar: dates, and names whose days are computed for any year (src/config/holiday.rs). */

/** National holidays of Brazil with a fixed date: month and day, and the first year. */
const OF_BRAZIL = Object.entries({
  '01-01': 0, '04-21': 0, '05-01': 0, '09-07': 0, '10-12': 0, '11-02': 0, '11-15': 0, '11-20': 2024, '12-25': 0,
});

/** The days of each name in a year. */
const NAMED = /** @type {Record<string, (year: number) => string[]>} */ ({
  brasil: (year) => [
    ...OF_BRAZIL.filter(([, first]) => year >= first).map(([day]) => `${String(year).padStart(4, '0')}-${day}`),
    fromEaster(year, -2),
  ],
  carnaval: (year) => [fromEaster(year, -48), fromEaster(year, -47)],
  'corpus-christi': (year) => [fromEaster(year, 60)],
});

/**
 * @param {string[]} holidays dates and names
 * @param {string} date `2026-12-25`
 */
export function isHoliday(holidays, date) {
  return holidays.some((holiday) => holiday === date || NAMED[holiday]?.(Number(date.slice(0, 4))).includes(date));
}

/**
 * A day before or after Easter Sunday (the method of Meeus, Jones and Butcher).
 * @param {number} year
 * @param {number} days
 */
function fromEaster(year, days) {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const day = new Date(0);
  day.setUTCFullYear(year, 2, 22 + h + l - 7 * m + days);
  return day.toISOString().slice(0, 10);
}
