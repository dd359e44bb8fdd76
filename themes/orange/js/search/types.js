// @ts-check
/** Types of the search engine, for the dialog. */

/** @typedef {'page' | 'heading' | 'details' | 'step' | 'node' | 'option' | 'outcome' | 'copy' | 'value'} Kind */

/**
 * A part of a text.
 * @typedef {object} ExcerptPart
 * @property {string} text
 * @property {boolean} isMatch  a word of the query
 */

/**
 * Another place with the same text.
 * @typedef {object} Place
 * @property {string} title
 * @property {string} url  with its anchor
 */

/**
 * A result.
 * @typedef {object} Result
 * @property {string} url            absolute address of the page, without its anchor
 * @property {string | null} anchor  id of the place in the page, without `#`
 * @property {string} title
 * @property {Kind} kind
 * @property {string[]} trail        the title of the page, then of the sections around the place
 * @property {ExcerptPart[]} excerpt  the words of the query in their context
 * @property {ExcerptPart[]} marked  the title, with the words of the query
 * @property {string} [copy]         the exact text to copy, of `copy` and `value`
 * @property {Place[]} [places]      further places of the same text
 * @property {number} score          higher is better
 */

/**
 * The index of a site. Nothing is loaded before the first search.
 * @typedef {object} Search
 * @property {(query: string, options?: {limit?: number, wait?: () => Promise<void>}) => Promise<Result[]>} search  best first; empty for a query without words; `wait` is called once before files are requested
 */

export {};
