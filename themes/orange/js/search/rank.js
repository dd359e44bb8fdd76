// @ts-check
/** The ranking: which records answer a query, best first. `src/search/rank.rs` is the same, and explains it. */

import { isStopWord } from './stop-words.js';
import { readQuery } from './query.js';
import { join, squash, tokenize } from './tokens.js';

/** @typedef {import('./index.js').SearchIndex} SearchIndex */
/** @typedef {import('./index.js').IndexedRecord} IndexedRecord */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./query.js').QueryWord} QueryWord */
/** @typedef {import('./tokens.js').Token} Token */

/** @typedef {{id: number, score: number}} Scored */

const COMPARED = [40, 12];
const COMPARED_PHRASES = [400, 16];
const MOST_WHOLE = 10;
const LONGEST_WHOLE = 120;
const LOWER = 0.5;
const FIRST = 1e9;
/** The weight of a record that answers a query equal to its text before all others. */
const OUTRIGHT = 63;

/**
 * The records that answer a query, best first.
 * @param {string} text
 * @param {number} limit
 * @param {SearchIndex} index
 * @returns {Promise<{hits: Scored[], query: Query}>}
 */
export async function rank(text, limit, index) {
  const [query, whole] = await Promise.all([readQuery(text, index), findWhole(text, index)]);
  const hasPhrases = query.phrases.length > 0;
  const compared = (hasPhrases ? COMPARED_PHRASES : COMPARED)[index.isSmall() ? 0 : 1];
  const candidates = findCandidates(query, index);
  const rest = candidates.slice(compared);
  const first = [...candidates.slice(0, compared), ...rest.filter(({ id }) => whole.has(id))];
  const missing = [...whole.keys()].filter((id) => !first.some((candidate) => candidate.id === id));
  first.push(...missing.map((id) => ({ id, score: 0 })));
  const records = await Promise.all(first.map(({ id }) => index.record(id)));
  /** @type {Scored[]} */
  const scored = [];
  /** @type {Map<number, string>} */
  const groups = new Map();
  for (const [at, { id, score }] of first.entries()) {
    const comparison = new Comparison(records[at]);
    if (!query.phrases.every((phrase) => comparison.hasPhrase(phrase))) continue;
    scored.push({ id, score: comparison.score(score, query, whole.get(id)) });
    const group = groupOf(records[at]);
    if (group !== null) groups.set(id, group);
  }
  if (!hasPhrases) scored.push(...rest.filter(({ id }) => !whole.has(id)));
  sort(scored);
  const seen = new Set();
  const shown = scored.filter(({ id }) => {
    const group = groups.get(id);
    if (group === undefined) return true;
    const isFirst = !seen.has(group);
    seen.add(group);
    return isFirst;
  });
  const hits = shown.slice(0, limit).map(({ id, score }) => ({ id, score: Math.round(score) }));
  return { hits, query };
}

/**
 * What records of the same text have in common; `null` for a part of a place.
 * @param {IndexedRecord} record
 */
function groupOf({ kind, url, anchor, source }) {
  return ['copy', 'value', 'option'].includes(kind) ? null : JSON.stringify(source ?? [url, anchor]);
}

/**
 * The records whose whole title or copy is the query, with the weight of that.
 * @param {string} text
 * @param {SearchIndex} index
 */
async function findWhole(text, index) {
  const squashed = squash(text);
  const isKey = squashed !== '' && [...squashed].length <= LONGEST_WHOLE;
  const word = isKey ? await index.word(`=${squashed}`) : null;
  const postings = (word?.forms[0].postings ?? []).slice(0, MOST_WHOLE);
  return new Map(postings.map(({ record, weight }) => [record, weight]));
}

/**
 * All records with a word of the query, best first.
 * @param {Query} query
 * @param {SearchIndex} index
 */
function findCandidates(query, index) {
  const words = query.words.filter((word) => word.rarity > 0);
  const all = sumOf(words);
  /** @type {Map<number, {sum: number, covered: number}>} */
  const sums = new Map();
  for (const word of words) {
    for (const [record, value] of word.values) {
      const { sum, covered } = sums.get(record) ?? { sum: 0, covered: 0 };
      sums.set(record, { sum: sum + value, covered: covered + word.rarity });
    }
  }
  const found = [...sums].map(([id, { sum, covered }]) => {
    const share = covered / all;
    return { id, score: sum * share * share * (id >= index.manifest.lower ? LOWER : 1) };
  });
  sort(found);
  return found;
}

/** @param {QueryWord[]} words */
function sumOf(words) {
  return words.reduce((sum, word) => sum + word.rarity, 0);
}

/** @param {Scored[]} found */
function sort(found) {
  found.sort((one, other) => other.score - one.score || one.id - other.id);
}

class Comparison {
  /** @param {IndexedRecord} record */
  constructor(record) {
    this.record = record;
    this.title = tokenize(record.title);
    this.joined = join(record.title, this.title);
    this.text = tokenize(record.text);
  }

  /**
   * Whether the words stand together, in this order and form.
   * @param {string[]} phrase
   */
  hasPhrase(phrase) {
    const has = (/** @type {Token[]} */ tokens) => tokens.some((_, start) => phrase.every((word, at) => tokens[start + at]?.folded === word));
    return has(this.title) || has(this.text);
  }

  /**
   * @param {number} score
   * @param {Query} query
   * @param {number | undefined} whole
   */
  score(score, query, whole) {
    const counted = query.words.filter((word) => word.rarity > 0);
    const all = sumOf(counted);
    let bonus = 1;
    if (all > 0) {
      const share = sumOf(counted.filter((word) => this.hasInTitle(word))) / all;
      bonus += 0.5 * share * share + 0.5 * share * this.filledShare(counted);
    }
    bonus += 0.5 * runShare(query.words, this.title) + 0.3 * runShare(query.words, this.text);
    if (whole === OUTRIGHT) return FIRST + score * bonus;
    return whole === undefined ? score * bonus : score * bonus * 1.5 + 1;
  }

  /** @param {QueryWord} word */
  hasInTitle(word) {
    return this.title.some((token) => word.forms.has(token.written)) || this.joined.some((form) => word.forms.has(form));
  }

  /**
   * The share of the title's words that the query has. Stop words of the title do not count.
   * @param {QueryWord[]} counted
   */
  filledShare(counted) {
    const tokens = this.title.filter((token) => !isStopWord(this.record.language, token.folded));
    const filled = tokens.filter((token) => counted.some((word) => word.forms.has(token.written)));
    return tokens.length === 0 ? 0 : filled.length / tokens.length;
  }
}

/**
 * The share of neighbours in the query that are neighbours in the text too.
 * @param {QueryWord[]} words
 * @param {Token[]} tokens
 */
function runShare(words, tokens) {
  if (words.length < 2) return 0;
  const isIt = (/** @type {QueryWord} */ word, /** @type {Token | undefined} */ token) =>
    token !== undefined && (word.token.folded === token.folded || word.forms.has(token.written));
  const pairs = words.slice(1).filter((word, at) => tokens.some((token, place) => isIt(words[at], token) && isIt(word, tokens[place + 1])));
  return pairs.length / (words.length - 1);
}
