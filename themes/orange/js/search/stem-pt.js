// @ts-check
/**
 * Stems of Portuguese words, by the algorithm of Snowball (snowballstem.org/algorithms/portuguese/stemmer.html).
 * Vowels with a tilde are two letters while a word is cut.
 */

const VOWELS = 'aeiouáéíóúâêô';

/** Standard suffixes of Snowball, by the rule that removes or replaces them. */
const STANDARD = endings({
  delete: `eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos
    adora ador aça~o adoras adores aço~es ante antes ância`,
  log: 'logia logias',
  u: 'uça~o uço~es',
  ente: 'ência ências',
  amente: 'amente',
  mente: 'mente',
  idade: 'idade idades',
  iva: 'iva ivo ivas ivos',
  ira: 'ira iras',
});

const VERBS = endings({
  delete: `ada ida ia aria eria iria ara era ira ava asse esse isse aste este iste ei arei erei irei am iam ariam eriam
    iriam aram eram iram avam em arem erem irem assem essem issem ado ido ando endo indo ara~o era~o ira~o ar er ir as
    adas idas ias arias erias irias aras eras iras avas es ardes erdes irdes ares eres ires asses esses isses astes
    estes istes is ais eis areis ereis ireis áreis éreis íreis ásseis ésseis ísseis áveis íeis aríeis eríeis iríeis
    ados idos amos áramos éramos íramos ávamos íamos aríamos eríamos iríamos emos aremos eremos iremos ássemos êssemos
    íssemos imos armos ermos irmos ámos arás erás irás eu iu ou ará erá irá`,
});

/** @param {Record<string, string>} groups */
function endings(groups) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [group, list] of Object.entries(groups)) for (const ending of list.split(/\s+/)) found.set(ending, group);
  return found;
}

/**
 * The longest ending of a list that the word has.
 * @param {string} word
 * @param {Map<string, string>} list
 */
function longest(word, list) {
  for (let length = Math.min(7, word.length); length > 0; length -= 1) {
    const ending = word.slice(-length);
    if (list.has(ending)) return ending;
  }
  return '';
}

/** @param {string | undefined} letter */
function isVowel(letter) {
  return letter !== undefined && VOWELS.includes(letter);
}

/**
 * The position after the first letter that is no vowel and follows a vowel.
 * @param {string} word
 * @param {number} from
 */
function region(word, from) {
  let at = from;
  while (at < word.length && !isVowel(word[at])) at += 1;
  while (at < word.length && isVowel(word[at])) at += 1;
  return at < word.length ? at + 1 : word.length;
}

/** @param {string} word */
function verbRegion(word) {
  if (word.length < 2) return word.length;
  const after = (/** @type {number} */ from, /** @type {boolean} */ vowel) => {
    let at = from;
    while (at < word.length && isVowel(word[at]) !== vowel) at += 1;
    return at < word.length ? at + 1 : word.length;
  };
  if (!isVowel(word[1])) return after(2, true);
  return isVowel(word[0]) ? after(2, false) : Math.min(3, word.length);
}

/**
 * @param {string} written  in lower case, with accents
 * @returns {string}
 */
export function stem(written) {
  let word = written.replaceAll('ã', 'a~').replaceAll('õ', 'o~');
  const r1 = region(word, 0);
  const r2 = region(word, r1);
  const rv = verbRegion(word);
  const before = word;
  word = standard(word, r1, r2, rv) ?? verb(word, rv) ?? word;
  if (word !== before) {
    if (word.endsWith('ci') && word.length - 1 >= rv) word = word.slice(0, -1);
  } else {
    word = residual(word, rv);
  }
  return form(word, rv).replaceAll('a~', 'ã').replaceAll('o~', 'õ');
}

/**
 * @param {string} word
 * @param {number} r1
 * @param {number} r2
 * @param {number} rv
 */
function standard(word, r1, r2, rv) {
  const ending = longest(word, STANDARD);
  if (!ending) return null;
  const start = word.length - ending.length;
  const rest = word.slice(0, start);
  const group = STANDARD.get(ending);
  switch (group) {
    case 'amente':
      return start < r1 ? null : afterAdverb(rest, r2);
    case 'ira':
      return start >= rv && rest.endsWith('e') ? `${rest}ir` : null;
    default:
  }
  if (start < r2) return null;
  switch (group) {
    case 'mente':
      return without(rest, ['ante', 'avel', 'ível'], r2);
    case 'idade':
      return without(rest, ['abil', 'ic', 'iv'], r2);
    case 'iva':
      return without(rest, ['at'], r2);
    case 'delete':
      return rest;
    default:
      return rest + group;
  }
}

/**
 * @param {string} word
 * @param {number} r2
 */
function afterAdverb(word, r2) {
  if (word.endsWith('iv') && word.length - 2 >= r2) return without(word.slice(0, -2), ['at'], r2);
  return without(word, ['os', 'ic', 'ad'], r2);
}

/**
 * The word without the ending that it has, if that is in the region.
 * @param {string} word
 * @param {string[]} list
 * @param {number} from
 */
function without(word, list, from) {
  const ending = list.find((each) => word.endsWith(each));
  return ending && word.length - ending.length >= from ? word.slice(0, -ending.length) : word;
}

/**
 * @param {string} word
 * @param {number} rv
 */
function verb(word, rv) {
  if (word.length < rv) return null;
  const ending = longest(word.slice(rv), VERBS);
  return ending ? word.slice(0, -ending.length) : null;
}

/**
 * @param {string} word
 * @param {number} rv
 */
function residual(word, rv) {
  const ending = ['os', 'a', 'i', 'o', 'á', 'í', 'ó'].find((each) => word.endsWith(each));
  return ending && word.length - ending.length >= rv ? word.slice(0, -ending.length) : word;
}

/**
 * @param {string} word
 * @param {number} rv
 */
function form(word, rv) {
  if (word.endsWith('ç')) return `${word.slice(0, -1)}c`;
  if (!/[eéê]$/.test(word) || word.length - 1 < rv) return word;
  const rest = word.slice(0, -1);
  const isSilent = /gu$|ci$/.test(rest) && rest.length - 1 >= rv;
  return isSilent ? rest.slice(0, -1) : rest;
}
