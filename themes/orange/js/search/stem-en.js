// @ts-check
/** Stems of English words, by the algorithm of Snowball (snowballstem.org/algorithms/english/stemmer.html). */

/** @type {Record<string, string>} */
const EXCEPTIONS = {
  skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli',
  early: 'earli', only: 'onli', singly: 'singl',
};
const KEPT = ['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'];
const KEPT_AFTER_PLURAL = ['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed'];
const DOUBLES = ['bb', 'dd', 'ff', 'gg', 'mm', 'nn', 'pp', 'rr', 'tt'];

/** Endings with what replaces them, the longest first. @type {[string, string][]} */
const STEP_2 = [
  ['ization', 'ize'], ['ational', 'ate'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'], ['tional', 'tion'],
  ['biliti', 'ble'], ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'], ['ousli', 'ous'],
  ['iviti', 'ive'], ['fulli', 'ful'], ['enci', 'ence'], ['anci', 'ance'], ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'],
  ['alli', 'al'], ['bli', 'ble'], ['ogi', 'og'], ['li', ''],
];
/** @type {[string, string][]} */
const STEP_3 = [
  ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', ''], ['ical', 'ic'],
  ['ness', ''], ['ful', ''],
];
const STEP_4 = [
  'ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'al', 'er', 'ic',
];

const isVowel = (/** @type {string | undefined} */ letter) => letter !== undefined && 'aeiouy'.includes(letter);

/**
 * @param {string} word  in lower case
 * @returns {string}
 */
export function stem(word) {
  if (Object.hasOwn(EXCEPTIONS, word)) return EXCEPTIONS[word];
  if (KEPT.includes(word) || word.length < 3) return word;
  let text = word.replace(/^y|(?<=[aeiouy])y/g, 'Y');
  const r1 = firstRegion(text);
  const r2 = region(text, r1);
  text = singular(text);
  if (KEPT_AFTER_PLURAL.includes(text)) return text;
  text = past(text, r1);
  if (text.length > 2 && /[yY]$/.test(text) && !isVowel(text[text.length - 2])) text = `${text.slice(0, -1)}i`;
  text = replaceLongest(text, STEP_2, r1, (rest, ending) => {
    if (ending === 'ogi') return rest.endsWith('l');
    return ending !== 'li' || /[cdeghkmnrt]$/.test(rest);
  });
  text = replaceLongest(text, STEP_3, r1, (rest, ending) => ending !== 'ative' || rest.length >= r2);
  text = shorten(text, r2);
  return last(text, r1, r2).toLowerCase();
}

/** @param {string} text */
function firstRegion(text) {
  const prefix = ['gener', 'commun', 'arsen'].find((each) => text.startsWith(each));
  return prefix ? prefix.length : region(text, 0);
}

/**
 * The position after the first letter that is no vowel and follows a vowel.
 * @param {string} text
 * @param {number} from
 */
function region(text, from) {
  let at = from;
  while (at < text.length && !isVowel(text[at])) at += 1;
  while (at < text.length && isVowel(text[at])) at += 1;
  return at < text.length ? at + 1 : text.length;
}

/** @param {string} text */
function singular(text) {
  if (text.endsWith('sses')) return text.slice(0, -2);
  if (/ie[ds]$/.test(text)) return text.length > 4 ? text.slice(0, -2) : text.slice(0, -1);
  if (/(us|ss)$/.test(text) || !text.endsWith('s')) return text;
  return /[aeiouy]/.test(text.slice(0, -2)) ? text.slice(0, -1) : text;
}

/**
 * @param {string} text
 * @param {number} r1
 */
function past(text, r1) {
  const eed = /(eed|eedly)$/.exec(text);
  if (eed) return eed.index >= r1 ? `${text.slice(0, eed.index)}ee` : text;
  const ending = ['ingly', 'edly', 'ing', 'ed'].find((each) => text.endsWith(each));
  if (!ending) return text;
  const rest = text.slice(0, -ending.length);
  if (!/[aeiouy]/.test(rest)) return text;
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (DOUBLES.includes(rest.slice(-2))) return rest.slice(0, -1);
  return r1 >= rest.length && isShort(rest) ? `${rest}e` : rest;
}

/**
 * Whether the text ends in a short syllable.
 * @param {string} text
 */
function isShort(text) {
  if (text.length === 2) return isVowel(text[0]) && !isVowel(text[1]);
  const [before, vowel, after] = text.slice(-3);
  return !isVowel(before) && isVowel(vowel) && !isVowel(after) && !'wxY'.includes(after);
}

/**
 * @param {string} text
 * @param {[string, string][]} list
 * @param {number} from
 * @param {(rest: string, ending: string) => boolean} fits
 */
function replaceLongest(text, list, from, fits) {
  const found = list.find(([ending]) => text.endsWith(ending));
  if (!found) return text;
  const rest = text.slice(0, text.length - found[0].length);
  return rest.length >= from && fits(rest, found[0]) ? rest + found[1] : text;
}

/**
 * @param {string} text
 * @param {number} r2
 */
function shorten(text, r2) {
  const ending = STEP_4.find((each) => text.endsWith(each));
  if (!ending) return text;
  const rest = text.slice(0, text.length - ending.length);
  return rest.length >= r2 && (ending !== 'ion' || /[st]$/.test(rest)) ? rest : text;
}

/**
 * @param {string} text
 * @param {number} r1
 * @param {number} r2
 */
function last(text, r1, r2) {
  const rest = text.slice(0, -1);
  if (text.endsWith('e')) return rest.length >= r2 || (rest.length >= r1 && !isShort(rest)) ? rest : text;
  return text.endsWith('ll') && rest.length >= r2 ? rest : text;
}
