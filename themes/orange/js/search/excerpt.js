// @ts-check
/** The part of a text that shows the words of a query. */

import { join, tokenize } from './tokens.js';

/** @typedef {import('./types.js').ExcerptPart} ExcerptPart */
/** @typedef {import('./query.js').Query} Query */

/** The longest excerpt, in letters. */
const LENGTH = 160;

/** Letters before the first word that is shown. */
const BEFORE = 40;

/**
 * The part of the text with most words of the query, in its context. The beginning of the text if it has none.
 * @param {string} text
 * @param {Query} query
 * @returns {ExcerptPart[]}
 */
export function excerptOf(text, query) {
  if (text === '') return [];
  const matches = matchesOf(text, query);
  let best = { start: 0, count: -1 };
  for (const { start } of matches) {
    const inside = matches.filter((match) => match.start >= start && match.end <= start + LENGTH - BEFORE);
    const count = new Set(inside.map(({ word }) => word)).size;
    if (count > best.count) best = { start, count };
  }
  const isWhole = text.length <= LENGTH;
  const start = isWhole || best.start <= BEFORE ? 0 : wordStart(text, best.start - BEFORE);
  const end = isWhole || start + LENGTH >= text.length ? text.length : wordEnd(text, start + LENGTH);
  const parts = mark(text, start, end, matches);
  if (start > 0) parts.unshift({ text: '…', isMatch: false });
  if (end < text.length) parts.push({ text: '…', isMatch: false });
  return parts;
}

/**
 * The whole text, with the words of the query.
 * @param {string} text
 * @param {Query} query
 * @returns {ExcerptPart[]}
 */
export function markedOf(text, query) {
  return mark(text, 0, text.length, matchesOf(text, query));
}

/**
 * @param {string} text
 * @param {Query} query
 */
function matchesOf(text, query) {
  const words = query.words.filter((word) => word.rarity > 0);
  const found = [];
  for (const { written, start, end } of tokenize(text)) {
    const word = words.findIndex((each) => each.forms.has(written));
    if (word >= 0) found.push({ start, end, word });
  }
  return found.length > 0 ? found : joinedMatches(text, words);
}

/**
 * The chains that match as a whole, such as `4003-0015` for `40030015`.
 * @param {string} text
 * @param {import('./query.js').QueryWord[]} words
 */
function joinedMatches(text, words) {
  const tokens = tokenize(text);
  const found = [];
  for (let first = 0; first < tokens.length; first += 1) {
    for (let last = first + 1; last < Math.min(first + 6, tokens.length); last += 1) {
      const { start } = tokens[first];
      const { end } = tokens[last];
      const chain = tokens.slice(first, last + 1);
      const [whole] = join(text, chain);
      const isChain = whole === chain.map((token) => token.folded).join('');
      const word = isChain ? words.findIndex((each) => each.forms.has(whole)) : -1;
      if (word >= 0) found.push({ start, end, word });
    }
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {{start: number, end: number}[]} matches
 */
function mark(text, start, end, matches) {
  /** @type {ExcerptPart[]} */
  const parts = [];
  let at = start;
  for (const match of matches) {
    if (match.start < at || match.end > end) continue;
    if (match.start > at) parts.push({ text: text.slice(at, match.start), isMatch: false });
    parts.push({ text: text.slice(match.start, match.end), isMatch: true });
    at = match.end;
  }
  if (at < end) parts.push({ text: text.slice(at, end), isMatch: false });
  return parts;
}

/**
 * @param {string} text
 * @param {number} near
 */
function wordStart(text, near) {
  const space = text.indexOf(' ', near);
  return space < 0 || space > near + BEFORE ? near : space + 1;
}

/**
 * @param {string} text
 * @param {number} near
 */
function wordEnd(text, near) {
  const space = text.lastIndexOf(' ', near);
  return space < near - BEFORE ? near : space;
}
