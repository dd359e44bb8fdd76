// @ts-check
/** List of a site's words: completions of a half-typed word, and typing slips. `src/search/word_list.rs` is the same. */

/** @typedef {{folded: string, frequency: number}} ListedWord */

const MOST_SLIPS = 6;
const TWO_SLIPS = 8;
const ONE_SLIP = 4;

export class WordList {
  /** @param {string} text  the file `words.txt` */
  constructor(text) {
    /** @type {ListedWord[]} */
    this.words = [];
    let before = /** @type {string[]} */ ([]);
    for (const line of text.split('\n')) {
      if (!line) continue;
      const letters = [...line.slice(1, -1)];
      before = [...before.slice(0, Number.parseInt(line[0], 36)), ...letters];
      this.words.push({ folded: before.join(''), frequency: Number(line.slice(-1)) });
    }
    this.known = new Set(this.words.map((word) => word.folded));
  }

  /** @param {string} folded */
  has(folded) {
    return this.known.has(folded);
  }

  /**
   * Words that begin with the letters, frequent and short ones first.
   * @param {string} prefix
   */
  complete(prefix) {
    const { length } = [...prefix];
    if (length < 2) return [];
    const most = length === 2 ? 4 : length === 3 ? 8 : 16;
    return this.words
      .filter(({ folded }) => folded.startsWith(prefix) && folded !== prefix)
      .sort((one, other) => other.frequency - one.frequency || [...one.folded].length - [...other.folded].length)
      .slice(0, most)
      .map(({ folded }) => folded);
  }

  /**
   * Words that differ by a slip, the nearest alone; 2 is one slip, 3 one in the stem, 4 two.
   * @param {string} folded
   * @param {import('./stem.js').Key[]} keys
   */
  findSlips(folded, keys) {
    const letters = [...folded];
    if (letters.length < ONE_SLIP || /[0-9]/.test(folded)) return [];
    const own = keys.map((key) => [...key(folded)]);
    const found = [];
    for (const word of this.words) {
      // A word that only pages of `search.lower` have is in the list.
      if (word.folded === folded) continue;
      const other = [...word.folded];
      const distance = distanceOf(letters, own, word.folded, other, keys);
      if (distance) found.push({ ...word, distance, difference: Math.abs(other.length - letters.length) });
    }
    found.sort(
      (one, other) =>
        one.distance - other.distance || other.frequency - one.frequency || one.difference - other.difference || (one.folded < other.folded ? -1 : 1),
    );
    const nearest = found.length > 0 ? found[0].distance | 1 : 0;
    return found.filter(({ distance }) => distance <= nearest).slice(0, MOST_SLIPS);
  }
}

/**
 * @param {string[]} letters
 * @param {string[][]} own
 * @param {string} word
 * @param {string[]} other
 * @param {import('./stem.js').Key[]} keys
 */
function distanceOf(letters, own, word, other, keys) {
  if (Math.abs(other.length - letters.length) > 4 || /[0-9]/.test(word)) return 0;
  const whole = slipsBetween(letters, other, letters.length >= TWO_SLIPS ? 2 : 1);
  if (whole === 1 || (other[0] !== letters[0] && other[1] !== letters[1])) return 2 * (whole ?? 0);
  const isNear = keys.some((key, at) => own[at].length >= ONE_SLIP && slipsBetween(own[at], [...key(word)], 1) !== null);
  return isNear ? 3 : 2 * (whole ?? 0);
}

/**
 * The slips (a letter too many, missing, other, or two exchanged) from one word to another, if at most `most`.
 * @param {string[]} one
 * @param {string[]} other
 * @param {number} most
 */
function slipsBetween(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return null;
  let before = /** @type {number[]} */ ([]);
  let last = [0, ...other.map((_, at) => at + 1)];
  for (let row = 0; row < one.length; row += 1) {
    const next = [row + 1];
    let smallest = row + 1;
    for (let column = 0; column < other.length; column += 1) {
      let least = Math.min(last[column] + (one[row] === other[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1);
      if (row > 0 && column > 0 && one[row] === other[column - 1] && one[row - 1] === other[column]) least = Math.min(least, before[column - 1] + 1);
      next.push(least);
      smallest = Math.min(smallest, least);
    }
    if (smallest > most) return null;
    before = last;
    last = next;
  }
  const slips = last[other.length];
  return slips <= most ? slips : null;
}
