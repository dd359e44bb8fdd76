// @ts-check
/** The index of a site, in parts that are loaded when a query needs them. `src/search/files.rs` writes them. */

import { loadKey } from './stem.js';
import { WordList } from './word-list.js';

/** @typedef {{record: number, weight: number}} Posting */
/** @typedef {{written: string, postings: Posting[]}} Form */
/** @typedef {{rarity: number, key: string, rest: number, forms: Form[]}} IndexedWord  `rest`: the part of its other records, from 1; 0 without one */

/**
 * @typedef {object} IndexedRecord
 * @property {import('./types.js').Kind} kind
 * @property {string} title
 * @property {string} url
 * @property {string | null} anchor
 * @property {string[]} trail
 * @property {string} text
 * @property {string | null} copy
 * @property {[string, string, string | null][]} others  title, URL, anchor
 * @property {string} language
 * @property {[string, string | null] | null} source  the place whose text this node shows
 */

/**
 * @typedef {object} Manifest
 * @property {number} version
 * @property {string} folder
 * @property {string[]} languages
 * @property {number} count
 * @property {number} lower
 * @property {string[]} words    the first key of each part
 * @property {number[]} records  how many each part has
 * @property {string[][]} synonyms
 */

/** @type {import('./types.js').Kind[]} */
const KINDS = ['page', 'heading', 'details', 'step', 'node', 'option', 'outcome', 'copy', 'value'];

const VERSION = 2;
const SMALL_SITE = 1000;
/** One more than the highest weight. */
const WEIGHTS = 64;

/** @param {URL} base  address of the home page */
export async function loadIndex(base) {
  const folder = new URL('search/', base);
  /** @type {Manifest} */
  const manifest = await (await load(new URL('index.json', folder))).json();
  if (manifest.version !== VERSION) throw new Error(`search: version ${manifest.version}`);
  const inside = new URL(`${manifest.folder}/`, folder);
  const [list, keys] = await Promise.all([
    load(new URL('words.txt', inside)).then((response) => response.text()),
    Promise.all(manifest.languages.map(loadKey)),
  ]);
  return new SearchIndex(inside, manifest, new WordList(list), keys);
}

/** @param {URL} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

export class SearchIndex {
  /**
   * @param {URL} folder
   * @param {Manifest} manifest
   * @param {WordList} list
   * @param {import('./stem.js').Key[]} keys
   */
  constructor(folder, manifest, list, keys) {
    this.folder = folder;
    this.manifest = manifest;
    this.list = list;
    this.keys = keys;
    /** The first record of each part. @type {number[]} */
    this.starts = [];
    let start = 0;
    for (const size of manifest.records) {
      this.starts.push(start);
      start += size;
    }
    /** @type {Map<string, Promise<any>>} */
    this.parts = new Map();
    /** Called before a request. */
    this.wait = async () => {};
  }

  /** Sites up to this number of records compare more of them again: their records are few files. */
  isSmall() {
    return this.manifest.count <= SMALL_SITE;
  }

  /**
   * The same index, which waits before its first request.
   * @param {() => Promise<void>} wait  rejects if the answer is not needed any more
   * @returns {SearchIndex}
   */
  after(wait) {
    /** @type {Promise<void> | null} */
    let waiting = null;
    return Object.assign(Object.create(this), { wait: () => (waiting ??= wait()) });
  }

  /**
   * @param {string} name
   * @returns {Promise<any>}
   */
  async part(name) {
    if (!this.parts.has(name)) await this.wait();
    let part = this.parts.get(name);
    if (!part) {
      part = load(new URL(name, this.folder)).then((response) => response.json());
      part.catch(() => this.parts.delete(name));
      this.parts.set(name, part);
    }
    return part;
  }

  /**
   * The word with a key.
   * @param {string} key
   * @returns {Promise<IndexedWord | null>}
   */
  async word(key) {
    const at = lastNotAfter(this.manifest.words, (first) => compare(first, key) <= 0);
    if (at < 0) return null;
    const part = await this.part(`w${at}.json`);
    if (!Object.hasOwn(part, key)) return null;
    const [rarity, rest, ...forms] = part[key];
    return { rarity, key, rest, forms: forms.map((/** @type {[string, number[]]} */ [written, numbers]) => ({ written, postings: postingsOf(numbers) })) };
  }

  /**
   * The word with all records that the index has, not with the best alone.
   * @param {IndexedWord} word
   * @returns {Promise<IndexedWord>}
   */
  async wholeWord(word) {
    if (word.rest === 0) return word;
    const lists = (await this.part(`m${word.rest - 1}.json`))[word.key];
    const forms = word.forms.map(({ written, postings }, at) => ({ written, postings: [...postings, ...postingsOf(lists[at])] }));
    return { ...word, rest: 0, forms };
  }

  /**
   * @param {number} id
   * @returns {Promise<IndexedRecord>}
   */
  async record(id) {
    const at = lastNotAfter(this.starts, (start) => start <= id);
    const part = await this.part(`r${at}.json`);
    const [kind, title, url, anchor, trail, text, copy, others, language, source] = part[id - this.starts[at]];
    return { kind: KINDS[kind], title, url, anchor, trail, text, copy, others, language, source };
  }
}

/** @param {number[]} numbers */
function postingsOf(numbers) {
  let record = 0;
  return numbers.map((number) => {
    record += Math.floor(number / WEIGHTS);
    return { record, weight: number % WEIGHTS };
  });
}

/**
 * The index of the last item that is not after the sought one; -1 if there is none.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => boolean} isBefore
 */
function lastNotAfter(items, isBefore) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(items[middle])) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Compares by code points, as the generator sorts.
 * @param {string} one
 * @param {string} other
 */
function compare(one, other) {
  const [letters, others] = [[...one], [...other]];
  for (let at = 0; at < Math.min(letters.length, others.length); at += 1) {
    const difference = (letters[at].codePointAt(0) ?? 0) - (others[at].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return letters.length - others.length;
}
