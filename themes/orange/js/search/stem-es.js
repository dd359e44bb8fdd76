// @ts-check
/** Stems of Spanish words, by the algorithm of Snowball (snowballstem.org/algorithms/spanish/stemmer.html). */

const VOWELS = 'aeiouáéíóúü';

const PRONOUNS = 'me se sela selo selas selos la le lo las les los nos'.split(' ');

/** Endings of verbs before a pronoun, with their forms without accents. @type {Record<string, string>} */
const BEFORE_PRONOUN = {
  iéndo: 'iendo', ándo: 'ando', ár: 'ar', ér: 'er', ír: 'ir', ando: 'ando', iendo: 'iendo', ar: 'ar', er: 'er', ir: 'ir', yendo: 'yendo',
};

const STANDARD = endings({
  delete: `anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos
    imiento imientos`,
  ic: 'adora ador ación adoras adores aciones ante antes ancia ancias',
  log: 'logía logías',
  u: 'ución uciones',
  ente: 'encia encias',
  amente: 'amente',
  mente: 'mente',
  idad: 'idad idades',
  iva: 'iva ivo ivas ivos',
});

const Y_VERBS = endings({ delete: 'ya ye yan yen yeron yendo yo yó yas yes yais yamos' });

const VERBS = endings({
  gu: 'en es éis emos',
  delete: `aba ada ida ara iera ía aría ería iría ad ed id ase iese aste iste an aban aran ieran ían arían erían irían asen
    iesen aron ieron arán erán irán ado ido ando iendo ar er ir as abas adas idas aras ieras ías arías erías irías ases
    ieses abais arais ierais íais aríais eríais iríais aseis ieseis asteis isteis áis aréis eréis iréis ados idos amos
    ábamos áramos iéramos íamos aríamos eríamos iríamos aremos eremos iremos ásemos iésemos imos arás erás irás ís ará
    erá irá aré eré iré ió`,
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
 * @param {{has: (ending: string) => boolean}} list
 */
function longest(word, list) {
  for (let length = Math.min(8, word.length); length > 0; length -= 1) {
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
 * The position after the first letter, from a place on, that is a vowel or that is none.
 * @param {string} word
 * @param {number} from
 * @param {boolean} vowel
 */
function after(word, from, vowel) {
  let at = from;
  while (at < word.length && isVowel(word[at]) !== vowel) at += 1;
  return at < word.length ? at + 1 : word.length;
}

/** @param {string} word */
function verbRegion(word) {
  if (word.length < 2) return word.length;
  if (!isVowel(word[1])) return after(word, 2, true);
  return isVowel(word[0]) ? after(word, 2, false) : Math.min(3, word.length);
}

/**
 * @param {string} word  in lower case, with accents
 * @returns {string}
 */
export function stem(word) {
  const r1 = after(word, after(word, 0, true), false);
  const r2 = after(word, after(word, r1, true), false);
  const rv = verbRegion(word);
  const bare = withoutPronoun(word, rv);
  const cut = standard(bare, r1, r2) ?? yVerb(bare, rv) ?? verb(bare, rv) ?? bare;
  return residual(cut, rv).normalize('NFD').replace(/\u0301/g, '').normalize('NFC');
}

/**
 * @param {string} word
 * @param {number} rv
 */
function withoutPronoun(word, rv) {
  const pronoun = longest(word, new Set(PRONOUNS));
  if (!pronoun) return word;
  const rest = word.slice(0, -pronoun.length);
  const form = longest(rest, new Map(Object.entries(BEFORE_PRONOUN)));
  if (!form || rest.length - form.length < rv) return word;
  if (form === 'yendo') return rest.endsWith('uyendo') ? rest : word;
  return rest.slice(0, rest.length - form.length) + BEFORE_PRONOUN[form];
}

/**
 * @param {string} word
 * @param {number} r1
 * @param {number} r2
 */
function standard(word, r1, r2) {
  const ending = longest(word, STANDARD);
  const group = STANDARD.get(ending);
  if (group === undefined) return null;
  const rest = word.slice(0, word.length - ending.length);
  if (rest.length < (group === 'amente' ? r1 : r2)) return null;
  switch (group) {
    case 'delete':
      return rest;
    case 'ic':
      return without(rest, ['ic'], r2);
    case 'amente':
      return rest.endsWith('iv') && rest.length - 2 >= r2 ? without(rest.slice(0, -2), ['at'], r2) : without(rest, ['os', 'ic', 'ad'], r2);
    case 'mente':
      return without(rest, ['able', 'ible', 'ante'], r2);
    case 'idad':
      return without(rest, ['abil', 'ic', 'iv'], r2);
    case 'iva':
      return without(rest, ['at'], r2);
    default:
      return rest + group;
  }
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
function yVerb(word, rv) {
  const ending = longest(word.slice(rv), Y_VERBS);
  if (!ending) return null;
  const rest = word.slice(0, -ending.length);
  return rest.endsWith('u') ? rest : null;
}

/**
 * @param {string} word
 * @param {number} rv
 */
function verb(word, rv) {
  const ending = longest(word.slice(rv), VERBS);
  if (!ending) return null;
  const rest = word.slice(0, -ending.length);
  return VERBS.get(ending) === 'gu' && rest.endsWith('gu') ? rest.slice(0, -1) : rest;
}

/**
 * @param {string} word
 * @param {number} rv
 */
function residual(word, rv) {
  const ending = ['os', 'a', 'e', 'o', 'á', 'é', 'í', 'ó'].find((each) => word.endsWith(each));
  if (!ending || word.length - ending.length < rv) return word;
  const rest = word.slice(0, -ending.length);
  const isSilent = /[eé]/.test(ending) && rest.endsWith('gu') && rest.length - 1 >= rv;
  return isSilent ? rest.slice(0, -1) : rest;
}
