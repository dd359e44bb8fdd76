// @ts-check
/**
 * Words of a text: lower case, folded, and where they stand; numbers and hyphenated words are joined too.
 * `src/search/tokens.rs` is the same.
 */

/**
 * @typedef {object} Token
 * @property {string} written  in lower case, with its accents
 * @property {string} folded   without accents
 * @property {number} start
 * @property {number} end
 */

const MOST_JOINED = 6;

const WORD = /[\p{Alphabetic}\p{N}]/u;
const MARK = /\p{M}/u;
const IDEOGRAPH = /[\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/** Letters that no decomposition reduces to ASCII. @type {Record<string, string>} */
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' };

/**
 * The words of a text, in order.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokenize(text) {
  /** @type {Token[]} */
  const tokens = [];
  let start = -1;
  let at = 0;
  for (const letter of text) {
    const isWord = WORD.test(letter);
    const isAlone = isWord && IDEOGRAPH.test(letter);
    if (!isAlone && (isWord || (start >= 0 && MARK.test(letter)))) {
      if (start < 0) start = at;
    } else {
      if (start >= 0) pushWord(text, start, at, tokens);
      start = -1;
      if (isAlone) pushWord(text, at, at + letter.length, tokens);
    }
    at += letter.length;
  }
  if (start >= 0) pushWord(text, start, text.length, tokens);
  return tokens;
}

/**
 * The text without case, accents and all signs, for comparisons of whole texts.
 * @param {string} text
 */
export function squash(text) {
  return tokenize(text).map((token) => token.folded).join('');
}

/**
 * The joined forms of the chains of a text: `4003-0015` → `40030015`, `e-mail` → `email`.
 * @param {string} text
 * @param {Token[]} tokens
 */
export function join(text, tokens) {
  /** @type {string[]} */
  const joined = [];
  let start = 0;
  for (let at = 1; at <= tokens.length; at += 1) {
    if (at < tokens.length && isLinked(text, tokens[at - 1], tokens[at])) continue;
    const chain = tokens.slice(start, at).map((token) => token.folded);
    start = at;
    if (chain.length < 2 || chain.length > MOST_JOINED) continue;
    const starts = isNumber(chain[0]) ? chain.length - 1 : 1;
    for (let first = 0; first < starts; first += 1) joined.push(chain.slice(first).join(''));
  }
  return joined;
}

/** @param {string} folded */
export function isNumber(folded) {
  return /^[0-9]+$/.test(folded);
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Token[]} tokens
 */
function pushWord(text, start, end, tokens) {
  const { written, folded } = fold(text.slice(start, end));
  const time = /^([0-9]+)h([0-9]*)$/i.exec(text.slice(start, end));
  if (time) {
    const [, hours, minutes] = time;
    tokens.push({ written: hours, folded: hours, start, end: start + hours.length });
    if (minutes) tokens.push({ written: minutes, folded: minutes, start: start + hours.length + 1, end });
  } else if (folded) {
    tokens.push({ written, folded, start, end });
  }
}

/**
 * A word in lower case, and without accents.
 * @param {string} word
 */
export function fold(word) {
  const written = word.toLowerCase().normalize('NFC');
  let folded = '';
  for (const letter of written.normalize('NFKD')) {
    if (MARK.test(letter) || !WORD.test(letter)) continue;
    folded += LETTERS[letter] ?? letter.toLowerCase();
  }
  return { written, folded };
}

/**
 * Whether two neighbours are parts of one number or of one hyphenated word.
 * @param {string} text
 * @param {Token} one
 * @param {Token} other
 */
function isLinked(text, one, other) {
  const gap = text.slice(one.end, other.start);
  const isOne = isNumber(one.folded);
  if (isOne !== isNumber(other.folded)) return false;
  if (!isOne) return gap === '-' || gap === '\u2011';
  if (['.', ',', ':', '/', '-', '–', 'h', 'H', ')'].includes(gap)) return true;
  return (gap === ') ' || gap === ' ') && one.folded.length >= 2 && other.folded.length >= 4;
}
