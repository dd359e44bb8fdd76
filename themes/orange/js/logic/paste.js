// @ts-check
/**
 * A pasted text → the inputs it holds. A value is sure beside a label that names its input and nothing else, or with valid
 * check digits; the reader chooses among the others.
 */

import { identifies } from './identity.js';
import { read } from './inputs.js';
import { clean, PLAIN_WORDS, TYPE_WORDS, withHyphens, wordsOf } from './words.js';

/** @import { Found, Input, InputType } from './types.js' */
/** @typedef {{name: string, input: Input}} Wanted */
/** A value with the label before it and the line it stands in. @typedef {{label: string, value: string, line: string}} Pair */
/** @typedef {{text: string, line: string}} Candidate */

const PAIR = /^[\s"'{[]*(.{1,60}?)["']?\s*(?:[:：=\t]|\s[-–—]\s)\s*["']?(\S.*?)["'\]}]*\s*$/;
/** A label without a separator: `TicketId 482913`. */
const BARE_PAIR = /^\s*(\p{L}[\p{L}\s.º°-]{0,59}?)\s+#?(\d.*?)\s*$/u;
const NUMBER_SIGN = /(?<![\w#])#(\d{3,12})(?!\w)/g;
const ADDRESS = /https?:\/\/[^\s<>"]+/g;
const SHORTEST_STEM = 4;
/** The longest pasted text that is read, in characters. */
const LONGEST = 10_000;
/** The most words of a value that stands before other words. */
const MOST_WORDS = 8;

/** What proves itself wherever it stands. @type {Partial<Record<InputType, RegExp>>} */
const shapes = {
  cnpj: /(?<![\w.])[0-9A-Za-z]{2}[. ]?[0-9A-Za-z]{3}[. ]?[0-9A-Za-z]{3}[/ ]?[0-9A-Za-z]{4}[- ]?\d{2}(?!\w)/g,
  cpf: /(?<![\w.])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\w)/g,
  email: /[^\s<>,;:"()]+@[^\s<>,;:"()]+/g,
  url: ADDRESS,
  phone: /(?<![\w.])(?:\+?55\s?)?\(?\d{2}\)?\s?\d{4,5}[-\s]?\d{4}(?!\w)/g,
};

const ORDERED = ['number', 'money', 'date', 'time', 'datetime'];
/** Words of many dates and amounts, which single out none. */
const COMMON_WORDS = new Set(['data', 'date', 'hora', 'horario', 'time', 'dia', 'ticket', 'chamado', 'chat', 'atendimento', 'que', 'foi', 'quando']);
/** Words with one meaning to a help desk. */
const SYNONYMS = ['gerado', 'gerada', 'geracao', 'aberto', 'aberta', 'abertura', 'criado', 'criada', 'criacao', 'created', 'opened', 'generated'];

/**
 * @param {string} pasted
 * @param {Wanted[]} wanted
 * @param {string} zone
 * @returns {Found[]} one for each input that the text may hold
 */
export function readPaste(pasted, wanted, zone) {
  const lines = readLines(pasted);
  const pairs = lines.flatMap((line, at) => readPairs(line, lines[at + 1], wanted));
  const labelled = wanted.map((each) => findLabelled(pairs, each, wanted, zone));
  const used = new Set(labelled.flatMap(({ certain }) => certain.map(({ text }) => text)));
  const found = wanted.map((each, at) => {
    const { certain, doubtful } = labelled[at];
    const loose = certain.length > 0 && !hasCheckDigits(each.input) ? [] : findLoose(lines, pairs, each, wanted, zone).filter(({ text }) => !used.has(text));
    const all = distinct(each.input, [...certain, ...doubtful, ...loose], zone);
    const sure = all.length === 1 && (certain.length > 0 || (doubtful.length === 0 && provesItself(each.input)));
    return { ...each, texts: all.map(({ text }) => text), lines: all.map(({ line }) => line), sure };
  });
  return found.filter(({ texts }) => texts.length > 0).map((each) => ({ ...each, sure: each.sure && !isContested(found, each) }));
}

/**
 * The inputs of which the text holds a number with wrong check digits.
 * @param {string} pasted
 * @param {Wanted[]} wanted
 * @param {string} zone
 */
export function findMistyped(pasted, wanted, zone) {
  const lines = readLines(pasted);
  return wanted.filter(({ input }) => {
    const shape = shapes[input.type];
    if (!shape || !hasCheckDigits(input)) return false;
    const pieces = lines.flatMap((line) => line.match(shape) ?? []);
    return pieces.some((piece) => {
      const reading = read(input, piece, zone);
      return 'error' in reading && reading.error === 'check' && (/^\d/.test(piece) || /[./-]/.test(piece));
    });
  });
}

/** @param {string} pasted */
function readLines(pasted) {
  const lines = pasted.slice(0, LONGEST).split(/\r?\n/).map((line) => withHyphens(clean(line)));
  return lines.filter((line) => line !== '');
}

/**
 * `Label: value`, one or several a line; a label alone with its value on the next line; `#482913`; `…/tickets/482913`.
 * @param {string} line
 * @param {string | undefined} next
 * @param {Wanted[]} wanted
 * @returns {Pair[]}
 */
function readPairs(line, next, wanted) {
  const isNamed = (/** @type {Pair | null} */ pair) => pair !== null && wanted.some((each) => match(pair.label, each) !== null);
  const pieces = line.split(/\s*[;|]\s*|,\s+|\t+(?=[^\t]*[:=])/);
  const several = pieces.map((piece) => readPair(piece, line, wanted));
  const whole = readPair(line, line, wanted);
  const own = pieces.length > 1 && several.slice(1).some(isNamed) ? several : [whole];
  const isLabel = whole === null && next !== undefined && wanted.some((each) => match(line, each)?.certain);
  const below = isLabel ? [{ label: line, value: next, line: `${line} ${next}` }] : [];
  const numbered = [...line.matchAll(NUMBER_SIGN)].map(([, value]) => ({ label: 'ticket', value, line }));
  return [...own, ...below, ...numbered, ...(line.match(ADDRESS) ?? []).flatMap((address) => readAddress(address, line))].filter((pair) => pair !== null);
}

/**
 * @param {string} text
 * @param {string} line
 * @param {Wanted[]} wanted
 * @returns {Pair | null}
 */
function readPair(text, line, wanted) {
  const bare = text.match(BARE_PAIR);
  if (bare && wanted.some((each) => match(bare[1], each) !== null)) return { label: bare[1], value: bare[2], line };
  const [, label, value] = text.match(PAIR) ?? [];
  return label === undefined || /^https?$/i.test(label) ? null : { label, value, line };
}

/**
 * @param {string} address
 * @param {string} line
 */
function readAddress(address, line) {
  return [...address.matchAll(/(?<=[/?&])([a-z_-]+)[/=](?=(\w+)(?:[/?&#]|$))/gi)].map(([, label, value]) => ({ label, value, line }));
}

/**
 * A pair belongs to the input whose label it names best.
 * @param {Pair[]} pairs
 * @param {Wanted} one
 * @param {Wanted[]} wanted
 * @param {string} zone
 * @returns {{certain: Candidate[], doubtful: Candidate[]}}
 */
function findLabelled(pairs, one, wanted, zone) {
  /** @type {{certain: Candidate[], doubtful: Candidate[]}} */
  const found = { certain: [], doubtful: [] };
  for (const { label, value, line } of pairs) {
    const own = match(label, one);
    const text = own && findValue(one.input, value, zone);
    if (!own || text === null) continue;
    const rivals = wanted.filter(({ name, input }) => name !== one.name && findValue(input, value, zone) !== null);
    const scores = rivals.map((each) => match(label, each)).filter((each) => each !== null);
    if (scores.some(({ certain, share }) => (certain && !own.certain) || (certain && share > own.share))) continue;
    found[own.certain ? 'certain' : 'doubtful'].push({ text, line });
    const more = value.startsWith(text) && identifies(one.input) ? value.slice(text.length).split(/[\s,;]+/) : [];
    found.doubtful.push(...more.filter((each) => each !== '' && !('error' in read(one.input, each, zone))).map((each) => ({ text: each, line })));
  }
  return { certain: distinct(one.input, found.certain, zone), doubtful: distinct(one.input, found.doubtful, zone) };
}

/**
 * The longest beginning of a text that the input understands.
 * @param {Input} input
 * @param {string} value
 * @param {string} zone
 */
function findValue(input, value, zone) {
  const words = value.split(/\s+/).slice(0, MOST_WORDS);
  const beginnings = [value, ...words.map((_, at) => words.slice(0, words.length - at).join(' '))];
  return beginnings.find((each) => !('error' in read(input, each, zone))) ?? null;
}

/**
 * Values by their shape; any word may be the value of a text with a pattern. The value of another field is
 * none.
 * @param {string[]} lines
 * @param {Pair[]} pairs
 * @param {Wanted} one
 * @param {Wanted[]} wanted
 * @param {string} zone
 * @returns {Candidate[]}
 */
function findLoose(lines, pairs, one, wanted, zone) {
  const { input, name } = one;
  const shape = shapes[input.type];
  if (!shape && !identifies(input)) return [];
  const others = wanted.filter((each) => each.name !== name);
  const foreign = pairs.filter(({ label }) => !match(label, one) && namesOther(label, input, others)).map(({ value }) => value);
  return lines.flatMap((line) => {
    const pieces = shape ? (line.match(shape) ?? []) : line.split(/[\s,;:=]+/);
    const readings = pieces.map((piece) => read(input, piece, zone));
    const texts = readings.flatMap((reading) => ('error' in reading || reading.text === '' ? [] : reading.text));
    return texts.filter((text) => !foreign.some((value) => value.includes(text))).map((text) => ({ text, line }));
  });
}

/**
 * @param {string} label
 * @param {Input} input
 * @param {Wanted[]} others
 */
function namesOther(label, { type }, others) {
  const types = Object.entries(TYPE_WORDS).filter(([each]) => each !== type).flatMap(([, words]) => words);
  return others.some((each) => match(label, each)?.certain) || wordsOf(label).some((word) => types.includes(word) && !TYPE_WORDS[type]?.includes(word));
}

/** @param {Input} input */
function provesItself({ type }) {
  return Object.hasOwn(shapes, type);
}

/**
 * No other text has valid check digits by chance.
 * @param {Input} input
 */
function hasCheckDigits({ type }) {
  return type === 'cnpj' || type === 'cpf';
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
 * How a label names an input: `certain` when it has no other word, `share` of the input's own words that it has.
 * @param {string} label
 * @param {Wanted} wanted
 * @returns {{certain: boolean, share: number} | null} null where no distinctive word is the input's
 */
function match(label, { name, input }) {
  const isOrdered = ORDERED.includes(input.type);
  const named = [...new Set([...wordsOf(name), ...wordsOf(input.label ?? '')])].filter((word) => !PLAIN_WORDS.has(word));
  const own = [...named, ...(TYPE_WORDS[input.type] ?? [])];
  const words = wordsOf(label).filter((word) => !PLAIN_WORDS.has(word));
  const shortest = isOrdered ? SHORTEST_STEM + 1 : SHORTEST_STEM;
  const isOwn = (/** @type {string} */ word) => own.some((each) => isSameWord(word, each, shortest));
  const isDistinctive = (/** @type {string} */ word) => isOwn(word) && !(isOrdered && COMMON_WORDS.has(word));
  if (!words.some(isDistinctive)) return null;
  const isCommon = (/** @type {string} */ word) => isOrdered && COMMON_WORDS.has(word);
  return { certain: words.every((word) => isOwn(word) || isCommon(word)), share: words.filter(isOwn).length / Math.max(named.length, 1) };
}

/**
 * `sessao` and `session` are the same word to a reader.
 * @param {string} one
 * @param {string} other
 * @param {number} shortest stem, in letters
 */
function isSameWord(one, other, shortest) {
  if (one === other || (SYNONYMS.includes(one) && SYNONYMS.includes(other))) return true;
  const stem = [...one].findIndex((letter, at) => letter !== other[at]);
  const shared = stem < 0 ? one.length : stem;
  return shared >= shortest && shared * 2 > Math.max(one.length, other.length);
}

/**
 * One text for each value, however it is punctuated.
 * @param {Input} input
 * @param {Candidate[]} candidates
 * @param {string} zone
 */
function distinct(input, candidates, zone) {
  /** @type {Map<string, Candidate>} */
  const byValue = new Map();
  for (const candidate of candidates) {
    const reading = read(input, candidate.text, zone);
    const value = 'error' in reading ? candidate.text : String(reading.value);
    if (!byValue.has(value)) byValue.set(value, { ...candidate, text: 'error' in reading ? candidate.text : reading.text });
  }
  return [...byValue.values()];
}
