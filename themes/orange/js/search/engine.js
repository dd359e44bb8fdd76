// @ts-check
/** The search of a published site: `(await openSearch(home, document.documentElement.lang)).search('macro n2')`. */

import { excerptOf, markedOf } from './excerpt.js';
import { loadIndex } from './index.js';
import { rank } from './rank.js';

/** @typedef {import('./types.js').Search} Search */
/** @typedef {import('./types.js').Result} Result */

/** The default number of results, and the most on large sites, where each may load a file. */
const LIMIT = 12;

/**
 * Opens the search of a site. Loads nothing yet; `search` rejects if the index cannot be loaded, and may be called again.
 * @param {URL | string} base  address of the home page, as `home` of `components/page.js`
 * @param {string} language    of the page, `pt-BR`; a site has one language, whose words its index knows
 * @returns {Promise<Search>}
 */
export async function openSearch(base, language) {
  const home = new URL(base);
  /** @type {ReturnType<typeof loadIndex> | null} */
  let opening = null;
  return {
    async search(text, { limit = LIMIT, wait } = {}) {
      opening ??= loadIndex(home);
      opening.catch(() => (opening = null));
      const whole = await opening;
      const index = wait ? whole.after(wait) : whole;
      const { hits, query } = await rank(text, whole.isSmall() ? limit : Math.min(limit, LIMIT), index);
      const records = await Promise.all(hits.map(({ id }) => index.record(id)));
      return records.map((record, at) => resultOf(record, hits[at].score, query, home));
    },
  };
}

/**
 * @param {import('./index.js').IndexedRecord} record
 * @param {number} score
 * @param {import('./query.js').Query} query
 * @param {URL} home
 * @returns {Result}
 */
function resultOf({ kind, title, url, anchor, trail, text, copy, others }, score, query, home) {
  const address = (/** @type {string} */ route) => new URL(`.${route}`, home).href;
  const places = others.map(([place, route, id]) => ({ title: place, url: address(route) + (id === null ? '' : `#${encodeURIComponent(id)}`) }));
  const result = { url: address(url), anchor, title, kind, trail, excerpt: excerptOf(text, query), marked: markedOf(title, query), score };
  return { ...result, ...(copy === null ? {} : { copy }), ...(places.length === 0 ? {} : { places }) };
}
