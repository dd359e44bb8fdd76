// @ts-check
/** The options of the search dialog: results in groups, with the matched words marked. */

import { make, translate } from '../page.js';

/** @import { ExcerptPart, Kind, Result } from '../../search/types.js' */

/**
 * An option of the listbox. With `query` it fills the field, else it opens `url`.
 * @typedef {{element: HTMLElement, url?: string, copy?: string, query?: string}} Option
 */
/** @typedef {{title: string, options: Option[]}} OptionGroup */

/** The groups by the kinds of results. @type {Record<Kind, string>} */
const GROUPS = {
  copy: 'copies', value: 'copies', node: 'nodes', option: 'nodes', outcome: 'nodes', step: 'steps', heading: 'sections', details: 'sections', page: 'pages',
};

/** Results of a group that come before the next group, so that every kind is in sight. */
const LEADING = 4;

/**
 * The best results of each kind in a group, the group of the best first; then the others.
 * @param {Result[]} results
 * @returns {OptionGroup[]}
 */
export function makeOptions(results) {
  /** @type {Map<string, Option[]>} */
  const groups = new Map();
  /** @type {Option[]} */
  const others = [];
  for (const result of results) {
    const name = GROUPS[result.kind] ?? 'pages';
    const group = groups.get(name) ?? [];
    (group.length < LEADING ? group : others).push(makeResult(result));
    groups.set(name, group);
  }
  if (others.length > 0) groups.set('more', others);
  return [...groups].map(([name, options]) => ({ title: translate(`search_${name}`), options }));
}

/** @param {Result} result */
function makeResult({ url, anchor, kind, title, marked, trail, excerpt, copy, places = [] }) {
  const address = anchor === null ? url : `${url}#${encodeURIComponent(anchor)}`;
  const [page, ...sections] = trail.filter((part) => part !== title);
  const where = sections.length > 1 ? [page, '…', sections[sections.length - 1]] : [page ?? '', ...sections];
  const more = places.length > 0 ? [{ text: ` · ${translate(places.length === 1 ? 'search_place' : 'search_places', { count: String(places.length) })}`, isMatch: false }] : [];
  const hasContext = kind !== 'copy' && kind !== 'value' && excerpt.some(({ isMatch }) => isMatch);
  return makeOption(kind, {
    title: marked ?? [{ text: title, isMatch: false }],
    detail: [{ text: where.join(' › '), isMatch: false }, ...more],
    context: hasContext ? excerpt : [],
    url: address,
    // A value alone may be a part of a longer text to copy.
    copy: kind === 'copy' ? copy : undefined,
  });
}

/**
 * @param {Kind | 'recent' | 'path'} kind
 * @param {{title: ExcerptPart[], detail?: ExcerptPart[], context?: ExcerptPart[], url?: string, copy?: string, query?: string}} parts
 * @returns {Option}
 */
export function makeOption(kind, { title, detail = [], context = [], url, copy, query }) {
  const lines = [make('span', { class: 'search-title' }, ...markUp(title))];
  for (const parts of [context, detail]) if (parts.some(({ text }) => text !== '')) lines.push(make('small', {}, ...markUp(parts)));
  const side = copy === undefined ? make('span', { class: 'search-kind' }, translate(`search_kind_${kind}`)) : make('span', { class: 'search-copy' }, translate('copy'));
  const attributes = { role: 'option', 'aria-selected': 'false', class: 'search-option', 'data-kind': kind };
  const content = [make('span', { class: 'search-text' }, ...lines), side];
  const element = url === undefined ? make('div', attributes, ...content) : make('a', { ...attributes, href: url, tabindex: '-1' }, ...content);
  return { element, url, copy, query };
}

/** @param {ExcerptPart[]} parts */
function markUp(parts) {
  return parts.map(({ text, isMatch }) => (isMatch ? make('mark', {}, text) : text));
}
