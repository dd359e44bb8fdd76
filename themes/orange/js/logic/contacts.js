// @ts-check
/** Telephone numbers of Brazil, e-mail and web addresses. */

const AREA_AND_NUMBER = /^[1-9][1-9](?:[2-5]\d{7}|9\d{8})$/;
const WITHOUT_AREA = /^(?:0[3589]00\d{6,7}|[34]00\d{5})$/;
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * Reads `(11) 4003-0015`, `+55 11 98765-4321`, `0800 123 4567` and `4003-0015`.
 * @param {string} text
 * @returns {string | null} national digits
 */
export function readPhone(text) {
  const digits = text.replace(/[\s().\-]/g, '');
  if (WITHOUT_AREA.test(digits)) return digits;
  const national = digits.replace(/^(?:\+55|0055|55(?=\d{10,11}$)|0(?=\d{10,11}$))/, '');
  return AREA_AND_NUMBER.test(national) ? national : null;
}

/**
 * @param {string} text
 * @returns {string | null}
 */
export function readEmail(text) {
  return text.length <= 254 && EMAIL.test(text) ? text : null;
}

/**
 * Only `http` and `https`: nothing that a reader types may carry a scheme of its own.
 * @param {string} text
 * @returns {string | null}
 */
export function readUrl(text) {
  if (!/^https?:\/\/[^\s/]\S*$/i.test(text)) return null;
  try {
    return new URL(text).hostname ? text : null;
  } catch {
    return null;
  }
}
