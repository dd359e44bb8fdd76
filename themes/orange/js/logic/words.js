// @ts-check
/** Words of labels: those of an input, and the label that stands before a pasted value. */

/** @import { Input, InputType } from './types.js' */

const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
/** A dash or a point counts only before a space: `-5` is a number. */
const SEPARATORS = '(?:[\\s:=：#º°]|[-.]\\s)*';
const FIRST_WORD = new RegExp(`^${SEPARATORS}(\\p{L}[\\p{L}\\d-]*)(?=[\\s:=：#º°]|[-.]\\s)`, 'u');
const LEADING = new RegExp(`^${SEPARATORS}`, 'u');

/** Words that distinguish no input from another. */
export const PLAIN_WORDS = new Set(['a', 'o', 'de', 'do', 'da', 'dos', 'das', 'e', 'em', 'id', 'n', 'no', 'of', 'the', 'numero', 'number', 'codigo', 'cliente', 'customer']);

/** Other words for a type. @type {Partial<Record<InputType, string[]>>} */
export const TYPE_WORDS = {
  cnpj: ['cnpj'],
  cpf: ['cpf'],
  email: ['email', 'mail', 'mailto', 'contato'],
  phone: ['tel', 'telefone', 'fone', 'celular', 'contato', 'whatsapp', 'phone'],
  url: ['link', 'url', 'endereco'],
};

/**
 * A typed text in NFC, without invisible characters and outer spaces.
 * @param {string} typed
 */
export function clean(typed) {
  return typed.normalize('NFC').replace(INVISIBLE, '').trim();
}

/**
 * With hyphens for typographic dashes and minus signs.
 * @param {string} text
 */
export function withHyphens(text) {
  return text.replace(DASHES, '-');
}

/**
 * `TicketId` is two words; accents do not count.
 * @param {string} text
 */
export function wordsOf(text) {
  const split = text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/e-mail/gi, 'email');
  return split.normalize('NFD').replace(/\p{Mark}/gu, '').toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/**
 * The value after a label of the input: `CNPJ: 12…`, `#482913`.
 * @param {string} text
 * @param {Pick<Input, 'type' | 'label'>} input
 * @returns {string | null} null without such a label, or without a value
 */
export function withoutLabel(text, { type, label }) {
  const own = new Set([...wordsOf(label ?? ''), ...(TYPE_WORDS[type] ?? [])]);
  let rest = text;
  let isNamed = /^#/.test(text);
  for (let match = FIRST_WORD.exec(rest); match; match = FIRST_WORD.exec(rest)) {
    const words = wordsOf(match[1]);
    if (!words.every((word) => own.has(word) || PLAIN_WORDS.has(word))) break;
    isNamed ||= words.some((word) => own.has(word) && !PLAIN_WORDS.has(word));
    rest = rest.slice(match[0].length);
  }
  const value = rest.replace(LEADING, '').trim();
  return isNamed && value !== '' ? value : null;
}
