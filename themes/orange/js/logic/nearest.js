// @ts-check
/** Paths that are like another, by the pairs of letters that both have (Dice's coefficient). */

const MOST = 5;
/** Shares of common pairs below this are chance. */
const LEAST = 0.35;

/**
 * @template {{path: string}} T
 * @param {string} wanted
 * @param {T[]} all
 * @returns {T[]} the most alike first
 */
export function nearest(wanted, all) {
  const pairs = pairsOf(wanted);
  const rated = all.map((each) => ({ each, share: share(pairs, pairsOf(each.path)) }));
  return rated
    .filter((one) => one.share >= LEAST)
    .sort((one, other) => other.share - one.share || one.each.path.localeCompare(other.each.path))
    .slice(0, MOST)
    .map(({ each }) => each);
}

/** @param {string} path */
function pairsOf(path) {
  const text = path.normalize('NFD').toLowerCase().replace(/\.html?$|[^\p{L}\p{N}/]/gu, '').replace(/^\/+|\/+$/g, '');
  return new Set([...text].slice(1).map((letter, at) => [...text][at] + letter));
}

/**
 * @param {Set<string>} one
 * @param {Set<string>} other
 */
function share(one, other) {
  const common = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}
