// @ts-check
/** A typed query → its words, its phrases in quotes, and what each word may stand for. `src/search/query.rs` is the same. */

import { isStopWord } from './stop-words.js';
import { fold, isNumber, tokenize } from './tokens.js';

/** @typedef {import('./tokens.js').Token} Token */
/** @typedef {import('./index.js').SearchIndex} SearchIndex */
/** @typedef {import('./index.js').IndexedWord} IndexedWord */

/**
 * A word of a query, and what matches it.
 * @typedef {object} QueryWord
 * @property {Token} token
 * @property {boolean} counts  it is no stop word, or there are only stop words
 * @property {Map<number, number>} values  for each record, the best match
 * @property {number} rarity  the rarest word that matches; 0 if none does
 * @property {Set<string>} forms  the written forms that match
 */

/** @typedef {{words: QueryWord[], phrases: string[][]}} Query */

const MOST_TOKENS = 16;

const EXACT = 100;
const OTHER_ACCENTS = 97;
const JOINED = 95;
const SAME_STEM = 85;
const SYNONYM = 80;
const SPLIT = 70;
const COMPLETED = 62;
const ONE_SLIP = 75;
const STEM_SLIP = 68;
const TWO_SLIPS = 58;

/**
 * Reads a query.
 * @param {string} text
 * @param {SearchIndex} index
 * @returns {Promise<Query>}
 */
export async function readQuery(text, index) {
  const words = split(text, index);
  const isOpen = words.length > 0 && words[words.length - 1].token.end === text.length;
  const reader = new QueryReader(index, words.filter((word) => word.counts).length > 1);
  await reader.prefetch(words);
  for (const [at, word] of words.entries()) {
    if (word.counts) await reader.matchWord(words, at, isOpen && at + 1 === words.length);
  }
  await reader.matchSynonyms(words);
  return { words, phrases: phrasesOf(text) };
}

/**
 * The words of a query, each once.
 * @param {string} text
 * @param {SearchIndex} index
 */
function split(text, index) {
  const tokens = tokenize(text).slice(0, MOST_TOKENS);
  const isStop = (/** @type {Token} */ token) => isStopToken(token, index);
  const onlyStop = tokens.every(isStop);
  const seen = new Set();
  return tokens.map((token) => {
    const word = wordOf(token);
    word.counts = (onlyStop || !isStop(token)) && !seen.has(token.folded);
    if (word.counts) seen.add(token.folded);
    return word;
  });
}

/**
 * @param {Token} token
 * @param {SearchIndex} index
 */
function isStopToken(token, index) {
  return index.manifest.languages.some((language) => isStopWord(language, token.folded));
}

/** @param {Token} token @returns {QueryWord} */
function wordOf(token) {
  return { token, counts: true, values: new Map(), rarity: 0, forms: new Set() };
}

/**
 * The words of each text in quotes.
 * @param {string} text
 */
function phrasesOf(text) {
  const quoted = text.split(/["“”]/).filter((_, at) => at % 2 === 1);
  return quoted.map((each) => tokenize(each).map((token) => token.folded)).filter((phrase) => phrase.length > 0);
}

class QueryReader {
  /**
   * @param {SearchIndex} index
   * @param {boolean} isDeep  the words as they were typed find all their records: some of them meet those of another word
   */
  constructor(index, isDeep) {
    this.index = index;
    this.isDeep = isDeep;
    this.list = index.list;
  }

  /**
   * Requests the parts with the words of the query at once.
   * @param {QueryWord[]} words
   */
  async prefetch(words) {
    await Promise.all(words.filter((word) => word.counts).map((word) => this.wordsOf(word.token.folded, this.isDeep)));
  }

  /**
   * @param {QueryWord[]} words
   * @param {number} at
   * @param {boolean} isHalfTyped
   */
  async matchWord(words, at, isHalfTyped) {
    const word = words[at];
    const { folded } = word.token;
    const isKnown = await this.matchStem(word, this.isDeep);
    const isJoined = await this.matchJoined(words, at);
    const { length } = [...folded];
    const completions = (isHalfTyped && length >= 2) || (!isKnown && length >= 3) ? this.list.complete(folded) : [];
    await this.matchAll(word, completions.map((completed) => [completed, COMPLETED]));
    if (isKnown || isJoined || completions.length > 0) return;
    if (await this.matchSplit(word)) return;
    const slips = this.list.findSlips(folded, this.index.keys);
    await this.matchAll(word, slips.map((slip) => [slip.folded, [ONE_SLIP, STEM_SLIP, TWO_SLIPS][slip.distance - 2]]));
  }

  /**
   * Matches all forms of the word. True if a record has one that ranks no lower: its spelling may be a slip else.
   * @param {QueryWord} word
   * @param {boolean} isDeep
   */
  async matchStem(word, isDeep) {
    const { written, folded } = word.token;
    for (const found of await this.wordsOf(folded, isDeep)) {
      for (const form of found.forms) {
        const factor = form.written === written ? EXACT : foldedOf(form.written) === folded ? OTHER_ACCENTS : SAME_STEM;
        add(word, found, form, factor);
      }
    }
    const { lower } = this.index.manifest;
    return [...word.values.keys()].some((record) => lower === 0 || record < lower);
  }

  /**
   * Matches the word written together with its neighbours.
   * @param {QueryWord[]} words
   * @param {number} at
   */
  async matchJoined(words, at) {
    let isJoined = false;
    for (const length of [2, 3]) {
      for (let first = Math.max(at + 1 - length, 0); first <= at && first + length <= words.length; first += 1) {
        const joined = words.slice(first, first + length).map((word) => word.token.folded).join('');
        if (!this.list.has(joined)) continue;
        await this.matchFolded(words[at], joined, JOINED);
        isJoined = true;
      }
    }
    return isJoined;
  }

  /**
   * Matches the two words that are written together.
   * @param {QueryWord} word
   */
  async matchSplit(word) {
    const { folded } = word.token;
    if (isNumber(folded)) return false;
    for (const [at, one, other] of halves(folded)) {
      if (at < 3 || at + 3 > bytes(folded) || !this.list.has(one) || !this.list.has(other)) continue;
      await this.matchFolded(word, one, SPLIT);
      await this.matchFolded(word, other, SPLIT);
      return true;
    }
    return false;
  }

  /**
   * @param {QueryWord} word
   * @param {[string, number][]} others  folded words with their factors
   */
  async matchAll(word, others) {
    await Promise.all(others.map(([folded]) => this.wordsOf(folded)));
    for (const [folded, factor] of others) await this.matchFolded(word, folded, factor);
  }

  /**
   * Matches the forms that are this word.
   * @param {QueryWord} word
   * @param {string} folded
   * @param {number} factor
   */
  async matchFolded(word, folded, factor) {
    for (const found of await this.wordsOf(folded)) {
      for (const form of found.forms) if (foldedOf(form.written) === folded) add(word, found, form, factor);
    }
  }

  /**
   * The words with the keys of a folded word, with their best records or with all.
   * @param {string} folded
   * @param {boolean} isDeep
   * @returns {Promise<IndexedWord[]>}
   */
  async wordsOf(folded, isDeep = false) {
    const keys = [...new Set(this.keysOf(folded))];
    const words = (await Promise.all(keys.map((key) => this.index.word(key)))).filter((word) => word !== null);
    return isDeep ? Promise.all(words.map((word) => this.index.wholeWord(word))) : words;
  }

  /** @param {string} folded */
  keysOf(folded) {
    return this.index.keys.map((key) => key(folded));
  }

  /**
   * Matches the other phrases of the groups that have a phrase of the query.
   * @param {QueryWord[]} words
   */
  async matchSynonyms(words) {
    for (const group of this.index.manifest.synonyms) {
      const phrases = group.map(tokenize);
      for (const [at, phrase] of phrases.entries()) {
        const start = this.findPhrase(words, phrase);
        if (start < 0) continue;
        for (const [other, synonym] of phrases.entries()) {
          if (other === at || synonym.length === 0) continue;
          const found = await this.matchPhrase(synonym);
          for (const word of words.slice(start, start + phrase.length)) if (word.counts) addAll(word, found);
        }
      }
    }
  }

  /**
   * Finds the words of a phrase in the query, in any form.
   * @param {QueryWord[]} words
   * @param {Token[]} phrase
   */
  findPhrase(words, phrase) {
    if (phrase.length === 0) return -1;
    const isSame = (/** @type {Token} */ one, /** @type {Token} */ other) =>
      one.folded === other.folded || this.keysOf(one.folded).join(' ') === this.keysOf(other.folded).join(' ');
    for (let start = 0; start + phrase.length <= words.length; start += 1) {
      if (phrase.every((token, at) => isSame(words[start + at].token, token))) return start;
    }
    return -1;
  }

  /**
   * The records that have all words of a phrase, in any form.
   * @param {Token[]} phrase
   */
  async matchPhrase(phrase) {
    const significant = phrase.filter((token) => !isStopToken(token, this.index));
    const counted = significant.length > 0 ? significant : phrase;
    const found = [];
    for (const token of counted) {
      const word = wordOf(token);
      await this.matchStem(word, counted.length > 1);
      found.push(word);
    }
    const [all, ...others] = found;
    for (const other of others) {
      for (const [record, value] of all.values) {
        const more = other.values.get(record);
        if (more === undefined) all.values.delete(record);
        else all.values.set(record, value + more);
      }
      for (const form of other.forms) all.forms.add(form);
      all.rarity = Math.max(all.rarity, other.rarity);
    }
    for (const [record, value] of all.values) all.values.set(record, Math.floor((Math.floor(value / counted.length) * SYNONYM) / 100));
    return all;
  }
}

/** @type {Map<string, string>} */
const foldedForms = new Map();

/** @param {string} written */
function foldedOf(written) {
  let folded = foldedForms.get(written);
  if (folded === undefined) {
    ({ folded } = fold(written));
    foldedForms.set(written, folded);
  }
  return folded;
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * Every cut of a word in two, with its position in bytes.
 * @param {string} word
 * @returns {Generator<[number, string, string]>}
 */
function* halves(word) {
  let at = 0;
  let one = '';
  for (const letter of word) {
    yield [at, one, word.slice(one.length)];
    one += letter;
    at += bytes(letter);
  }
}

/**
 * Adds the records of a form.
 * @param {QueryWord} word
 * @param {IndexedWord} found
 * @param {import('./index.js').Form} form
 * @param {number} factor
 */
function add(word, found, form, factor) {
  word.rarity = Math.max(word.rarity, found.rarity);
  word.forms.add(form.written);
  for (const { record, weight } of form.postings) {
    const value = found.rarity * weight * factor;
    word.values.set(record, Math.max(value, word.values.get(record) ?? 0));
  }
}

/**
 * Adds what another word matches.
 * @param {QueryWord} word
 * @param {QueryWord} other
 */
function addAll(word, other) {
  if (other.values.size === 0) return;
  word.rarity = Math.max(word.rarity, other.rarity);
  for (const form of other.forms) word.forms.add(form);
  for (const [record, value] of other.values) word.values.set(record, Math.max(value, word.values.get(record) ?? 0));
}
