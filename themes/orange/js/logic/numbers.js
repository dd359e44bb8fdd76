// @ts-check
/** Numbers and money in Brazilian notation. */

const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const COMMA = /^\d+(,\d+)?$/;
const POINT = /^\d+\.\d+$/;
const MONEY = /^(-?)\s*(?:R\$)?\s*(-?)\s*([\d.,]+)$/i;
/** More digits than a double holds exactly would change while they are read. */
const MOST_DIGITS = 15;

/**
 * Reads `1.234,56`, `1234,56` and `1234.56`; `1.234` is a thousand and more, as Brazil writes it.
 * @param {string} text
 * @returns {number | null}
 */
export function readNumber(text) {
  const negative = text.startsWith('-');
  const decimal = toDecimal(negative ? text.slice(1) : text);
  if (decimal === null || decimal.replace('.', '').length > MOST_DIGITS) return null;
  return negative ? -Number(decimal) : Number(decimal);
}

/**
 * Reads `R$ 1.234,56` in reais, with at most two decimals.
 * @param {string} text
 * @returns {number | null}
 */
export function readMoney(text) {
  const [, before, after, amount] = MONEY.exec(text) ?? [];
  if (amount === undefined || (before && after)) return null;
  const decimal = toDecimal(amount);
  if (decimal === null || (decimal.split('.')[1] ?? '').length > 2) return null;
  return readNumber(before + after + amount);
}

/**
 * `R$ 1.234,56`, with a plain space so that it pastes as typed.
 * @param {number} amount
 */
export function writeMoney(amount) {
  const [whole, cents] = Math.abs(amount).toFixed(2).split('.');
  const sign = amount < 0 && Number(`${whole}.${cents}`) !== 0 ? '-' : '';
  return `${sign}R$ ${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${cents}`;
}

/** @param {string} text */
function toDecimal(text) {
  if (GROUPED.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (COMMA.test(text)) return text.replace(',', '.');
  return POINT.test(text) ? text : null;
}
