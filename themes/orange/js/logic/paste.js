// @ts-check
/**
 * A pasted text → the inputs it holds. A value beside its name, or with valid check digits, is sure; the reader
 * chooses among ambiguous or repeated ones.
 */

import { identifies } from './identity.js';
import { read } from './inputs.js';

/** @import { Found, Input, InputType } from './types.js' */
/** @typedef {{name: string, input: Input}} Wanted */
/** @typedef {{label: string, value: string}} Pair */

const PAIR = /^\s*(.{1,60}?)\s*[:=\t]\s*(\S.*?)\s*$/;
const PLAIN_WORDS = new Set(['a', 'o', 'de', 'do', 'da', 'dos', 'das', 'e', 'id', 'n', 'no', 'of', 'the', 'numero', 'number', 'codigo', 'cliente', 'customer']);
const SHORTEST_STEM = 4;
/** The longest pasted text that is read, in characters. */
const LONGEST = 10_000;

/** What proves itself wherever it stands. @type {Partial<Record<InputType, RegExp>>} */
const shapes = {
  cnpj: /(?<![\w.])[0-9A-Za-z]{2}\.?[0-9A-Za-z]{3}\.?[0-9A-Za-z]{3}\/?[0-9A-Za-z]{4}-?\d{2}(?!\w)/g,
  cpf: /(?<![\w.])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\w)/g,
  email: /[^\s<>,;:"()]+@[^\s<>,;:"()]+/g,
  url: /https?:\/\/[^\s<>"]+/g,
  phone: /(?<![\w.])(?:\+?55\s?)?\(?\d{2}\)?\s?\d{4,5}[-\s]?\d{4}(?!\w)/g,
};

/** Other words for a type. @type {Partial<Record<InputType, string[]>>} */
const words = {
  cnpj: ['cnpj'],
  cpf: ['cpf'],
  email: ['email', 'mail', 'contato'],
  phone: ['telefone', 'fone', 'celular', 'contato', 'whatsapp', 'phone'],
  url: ['link', 'url', 'endereco'],
};

/**
 * @param {string} pasted
 * @param {Wanted[]} wanted
 * @param {string} zone
 * @returns {Found[]} one for each input that the text may hold
 */
export function readPaste(pasted, wanted, zone) {
  const text = pasted.slice(0, LONGEST);
  const pairs = readPairs(text, wanted);
  const labelled = wanted.map((each) => findLabelled(pairs, each, zone));
  const used = new Set(labelled.flat());
  const found = wanted.map((each, at) => {
    if (labelled[at].length > 0) return { ...each, texts: labelled[at], sure: labelled[at].length === 1 };
    const texts = findLoose(text, each, zone).filter((value) => !used.has(value));
    return { ...each, texts, sure: texts.length === 1 && provesItself(each.input) };
  });
  return found.filter(({ texts }) => texts.length > 0).map((each) => ({ ...each, sure: each.sure && !isContested(found, each) }));
}

/**
 * `Label: value`, or a label alone with its value on the next line.
 * @param {string} text
 * @param {Wanted[]} wanted
 * @returns {Pair[]}
 */
function readPairs(text, wanted) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.flatMap((line, at) => {
    const [, label, value] = line.match(PAIR) ?? [];
    if (label !== undefined) return [{ label, value }];
    const isLabel = wanted.some((each) => names(line, each)) && at + 1 < lines.length;
    return isLabel ? [{ label: line.replace(/:\s*$/, ''), value: lines[at + 1].trim() }] : [];
  });
}

/**
 * @param {Pair[]} pairs
 * @param {Wanted} wanted
 * @param {string} zone
 */
function findLabelled(pairs, wanted, zone) {
  const values = pairs.filter(({ label }) => names(label, wanted)).map(({ value }) => value);
  const readable = values.map((value) => [value, value.split(/\s/)[0]].find((each) => isRead(wanted.input, each, zone)));
  return distinct(wanted.input, readable.filter((value) => value !== undefined), zone);
}

/**
 * Values by their shape; any word may be the value of a text with a pattern.
 * @param {string} text
 * @param {Wanted} wanted
 * @param {string} zone
 */
function findLoose(text, { input }, zone) {
  const shape = shapes[input.type];
  const pieces = shape ? (text.match(shape) ?? []) : identifies(input) ? text.split(/[\s,;:=]+/) : [];
  return distinct(input, pieces.map((piece) => piece.trim()).filter((piece) => piece !== '' && isRead(input, piece, zone)), zone);
}

/**
 * True of types with check digits, which no other text has by chance.
 * @param {Input} input
 */
function provesItself({ type }) {
  return Object.hasOwn(shapes, type);
}

/**
 * Two inputs want the same text.
 * @param {Found[]} found
 * @param {Found} one
 */
function isContested(found, { name, texts }) {
  return found.some((each) => each.name !== name && each.texts.some((text) => texts.includes(text)));
}

/**
 * Whether words of a label are those of an input.
 * @param {string} label
 * @param {Wanted} wanted
 */
function names(label, { name, input }) {
  const own = [...wordsOf(name), ...wordsOf(input.label ?? ''), ...(words[input.type] ?? [])].filter((word) => !PLAIN_WORDS.has(word));
  return wordsOf(label).some((word) => own.some((each) => isSameWord(word, each)));
}

/**
 * `TicketId` is two words; accents do not count.
 * @param {string} text
 */
function wordsOf(text) {
  const split = text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/e-mail/gi, 'email');
  return split.normalize('NFD').replace(/\p{Mark}/gu, '').toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/**
 * `sessao` and `session` are the same word to a reader.
 * @param {string} one
 * @param {string} other
 */
function isSameWord(one, other) {
  if (one === other) return true;
  const stem = [...one].findIndex((letter, at) => letter !== other[at]);
  const shared = stem < 0 ? one.length : stem;
  return shared >= SHORTEST_STEM && shared * 2 > Math.max(one.length, other.length);
}

/**
 * @param {Input} input
 * @param {string} text
 * @param {string} zone
 */
function isRead(input, text, zone) {
  return !('error' in read(input, text, zone));
}

/**
 * One text for each value, however it is punctuated.
 * @param {Input} input
 * @param {string[]} texts
 * @param {string} zone
 */
function distinct(input, texts, zone) {
  /** @type {Map<string, string>} */
  const byValue = new Map();
  for (const text of texts) {
    const reading = read(input, text, zone);
    const value = 'error' in reading ? text : String(reading.value);
    if (!byValue.has(value)) byValue.set(value, text);
  }
  return [...byValue.values()];
}
