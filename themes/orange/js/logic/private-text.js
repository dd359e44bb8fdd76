// @ts-check
/** Whether a typed text may hold a customer's data: a document, a telephone, an e-mail, the id of a session or ticket. */

/** A longer text was pasted, not typed. */
const LONGEST = 60;
/** Numbers with as many digits identify something; times, versions and floors have fewer. */
const DIGITS = /\d(?:[\s.\-/()]*\d){4}/;
/** A CNPJ can have letters. */
const CNPJ = /[A-Z\d]{2}[\s.]?[A-Z\d]{3}[\s.]?[A-Z\d]{3}[\s/]?[A-Z\d]{4}[\s-]?\d{2}/i;
const EMAIL = /\S@\S/;
/** Ids such as `3f2a9c10b7` and UUIDs mix letters and digits. */
const MIXED = /(?=[\w-]*\d[\w-]*\d)(?=[\w-]*[a-z])[\w-]{8,}/i;

/** @param {string} text */
export function mayBePrivate(text) {
  return text.length > LONGEST || /[\r\n]/.test(text) || [DIGITS, CNPJ, EMAIL, MIXED].some((pattern) => pattern.test(text));
}
