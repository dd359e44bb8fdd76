// @ts-check
/**
 * Keys of words: one key for all forms of a word, typed with accents or without. `src/search/stem.rs` is the same.
 *
 * Stemmers know endings with their accents. These are put on a folded word first, so a word has the same key in both spellings.
 */

import { fold } from './tokens.js';

/** @typedef {(folded: string) => string} Key */

/** Endings without accents, with those that the stemmer knows. The first that fits is taken. @type {Record<string, [string, string][]>} */
const ENDINGS = {
  pt: [
    ['ferencias', 'ferir'], ['ferencia', 'ferir'], ['firam', 'ferir'], ['fira', 'ferir'],
    ['encias', 'ências'], ['encia', 'ência'], ['ancias', 'âncias'], ['ancia', 'ância'], ['coes', 'ções'], ['cao', 'ção'], ['oes', 'ões'],
    ['aes', 'ães'], ['ao', 'ão'], ['aveis', 'ável'], ['iveis', 'ível'], ['avel', 'ável'], ['ivel', 'ível'], ['ario', 'ário'],
    ['ens', 'em'], ['ins', 'im'], ['ons', 'om'], ['uns', 'um'], ['ais', 'al'], ['eis', 'el'], ['bs', 'b'], ['cs', 'c'], ['ds', 'd'],
    ['fs', 'f'], ['gs', 'g'], ['ks', 'k'], ['ls', 'l'], ['ps', 'p'], ['rs', 'r'], ['ts', 't'],
  ],
  en: [],
  es: [['cion', 'ción'], ['sion', 'sión'], ['logia', 'logía']],
};

const LEAST_BEFORE_ENDING = 2;

/** @type {Record<string, () => Promise<{stem: (word: string) => string}>>} */
const STEMMERS = {
  pt: () => import('./stem-pt.js'),
  en: () => import('./stem-en.js'),
  es: () => import('./stem-es.js'),
};

/**
 * Loads the stemmer of a language; words of others are their own keys.
 * @param {string} language  the first part of its tag
 * @returns {Promise<Key>}
 */
export async function loadKey(language) {
  const load = STEMMERS[language];
  if (!load) return (folded) => folded;
  const { stem } = await load();
  const endings = ENDINGS[language];
  /** @type {Map<string, string>} */
  const known = new Map();
  return (folded) => {
    if (!/^[a-z]{3,}$/.test(folded)) return folded;
    let key = known.get(folded);
    if (key === undefined) {
      key = fold(stem(restore(folded, endings))).folded;
      known.set(folded, key);
    }
    return key;
  };
}

/**
 * The word with the accents of its ending.
 * @param {string} folded
 * @param {[string, string][]} endings
 */
function restore(folded, endings) {
  const found = endings.find(([ending]) => folded.endsWith(ending) && folded.length >= ending.length + LEAST_BEFORE_ENDING);
  return found ? folded.slice(0, -found[0].length) + found[1] : folded;
}
