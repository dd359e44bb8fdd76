// @ts-check
/** CNPJ (numeric, and alphanumeric by Receita Federal's Instrução Normativa RFB 2.229/2024) and CPF. */

const PUNCTUATION = /[.\-/\s]/g;

/** @typedef {{value: string} | {error: 'format' | 'check'}} Read */

/**
 * @param {string} text with or without punctuation, in either case
 * @returns {Read} the fourteen characters, bare and in upper case
 */
export function readCnpj(text) {
  const value = text.replace(PUNCTUATION, '').toUpperCase();
  if (!/^[0-9A-Z]{12}\d{2}$/.test(value)) return { error: 'format' };
  return endsInCheckDigits(value, 9) ? { value } : { error: 'check' };
}

/**
 * @param {string} text with or without punctuation
 * @returns {Read} the eleven digits
 */
export function readCpf(text) {
  const value = text.replace(PUNCTUATION, '');
  if (!/^\d{11}$/.test(value)) return { error: 'format' };
  return endsInCheckDigits(value, 11) ? { value } : { error: 'check' };
}

/**
 * Repeated digits satisfy the sum and belong to nobody.
 * @param {string} value
 * @param {number} highest the weight after which weights begin again at 2
 */
function endsInCheckDigits(value, highest) {
  if (/^(.)\1*$/.test(value)) return false;
  const first = checkDigit(value.slice(0, -2), highest);
  const second = checkDigit(value.slice(0, -2) + first, highest);
  return value.endsWith(`${first}${second}`);
}

/**
 * Modulo 11 over `ASCII − 48`, with weights 2, 3, … from the right.
 * @param {string} characters
 * @param {number} highest
 */
function checkDigit(characters, highest) {
  const weighted = [...characters].reverse().map((each, at) => (each.charCodeAt(0) - 48) * (2 + (at % (highest - 1))));
  const rest = weighted.reduce((sum, each) => sum + each, 0) % 11;
  return rest < 2 ? 0 : 11 - rest;
}
