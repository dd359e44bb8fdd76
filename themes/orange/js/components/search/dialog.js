// @ts-check
/** The dialog of the search: a combobox with a listbox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/), loaded when it is opened. */

import { openSearch } from '../../search/engine.js';
import { copyText } from '../copy.js';
import { announce, home, make, makeButton, translate } from '../page.js';
import { makeOption, makeOptions } from './options.js';
import { forgetSearches, readSearches, rememberSearch } from './recent.js';

/** @import { Search } from '../../search/types.js' */
/** @import { Option, OptionGroup } from './options.js' */

const LIMIT = 20;
/** The index is loading when an answer takes longer. */
const SLOW_MS = 300;
/** Files are requested when no key was pressed for so long. */
const PAUSE_MS = 150;

/** @typedef {typeof import('../path-code.js')} PathCodes */

/** @type {Promise<[Search, PathCodes, void]> | null} */
let parts = null;

/**
 * Opens the dialog; closing it returns the focus.
 * @param {DOMStringMap} settings of the button: the address of the page of exact texts
 */
export async function openSearchDialog({ copies }) {
  parts ??= Promise.all([openSearch(home, document.documentElement.lang), import('../path-code.js'), import('../parts.js').then(({ loadParts }) => loadParts())]);
  parts.catch(() => (parts = null));
  const [search, codes] = await parts;
  if (document.querySelector('dialog[open]')) return;
  const box = new SearchBox(search, codes, copies);
  document.body.append(box.dialog);
  box.dialog.showModal();
  box.show();
}

class SearchBox {
  /** @type {Option[]} */
  #options = [];
  #active = -1;
  /** The number of the last question: an answer to an earlier one is dropped. */
  #asked = 0;
  #search;
  #codes;
  #input = make('input', {
    type: 'text', id: 'V-search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'V-search-list', 'aria-autocomplete': 'list',
    autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'go', placeholder: translate('search_label'),
  });
  #list = make('div', { id: 'V-search-list', role: 'listbox', class: 'search-list', 'aria-label': translate('search_results') });
  #count = make('p', { class: 'search-count', role: 'status' });
  #forget = makeButton('search-forget', translate('search_forget'), () => this.#forgetAll());

  /**
   * @param {Search} search
   * @param {PathCodes} codes
   * @param {string} [copies]
   */
  constructor(search, codes, copies) {
    this.#search = search;
    this.#codes = codes;
    const field = make('div', { class: 'search-field' }, make('label', { class: 'visually-hidden', for: 'V-search' }, translate('search_title')), this.#input, makeButton('search-close', translate('close'), () => this.dialog.close()));
    const keys = [['↑ ↓', 'search_key_move'], ['Enter', 'search_key_open'], ['Ctrl+Enter', 'search_key_tab'], ['Ctrl+C', 'search_key_copy']];
    const hints = keys.map(([key, text]) => make('span', { class: 'search-key' }, make('kbd', {}, key), ` ${translate(text)}`));
    const all = copies ? [make('a', { href: copies }, translate('search_all'))] : [];
    this.dialog = make('dialog', { class: 'search', 'aria-label': translate('search_title') }, field, this.#list, make('div', { class: 'search-foot' }, ...hints, ...all, this.#forget, this.#count));
    this.dialog.addEventListener('close', () => this.dialog.remove());
    this.dialog.addEventListener('click', ({ target }) => target === this.dialog && this.dialog.close());
    this.#input.addEventListener('input', () => this.show());
    this.#input.addEventListener('keydown', (event) => this.#press(event));
    this.#input.addEventListener('paste', (event) => this.#paste(event));
    this.#list.addEventListener('click', (event) => this.#click(event));
    // A click leaves the focus in the field, where the next letters go.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('pointermove', ({ target }) => this.#point(target));
  }

  /** Shows the results of the query; without a query, the recent searches. */
  async show() {
    const query = this.#input.value.trim();
    const asked = (this.#asked += 1);
    const isLast = () => asked === this.#asked;
    if (query === '') return this.#showRecent();
    const slow = window.setTimeout(() => isLast() && (this.#count.textContent = translate('search_loading')), SLOW_MS);
    const wait = async () => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (!isLast()) throw new Error('another query');
    };
    try {
      const [results, path] = await Promise.all([this.#search.search(query, { limit: LIMIT, wait }), this.#findPath(query)]);
      if (!isLast()) return;
      const group = path ? [{ title: translate('search_code'), options: [path] }] : [];
      this.#fill([...group, ...makeOptions(results)]);
      this.#count.textContent = describeCount(results.length + group.length, query);
    } catch {
      if (isLast()) {
        this.#fill([]);
        this.#count.textContent = translate('search_failed');
      }
    } finally {
      clearTimeout(slow);
    }
  }

  #showRecent() {
    const options = readSearches().map((text) => makeOption('recent', { title: [{ text, isMatch: false }], query: text }));
    this.#fill(options.length > 0 ? [{ title: translate('search_recent'), options }] : []);
    this.#select(-1);
    this.#count.textContent = '';
    this.#forget.hidden = options.length === 0;
  }

  #forgetAll() {
    forgetSearches();
    this.#input.focus();
    this.show();
  }

  /** @param {OptionGroup[]} groups */
  #fill(groups) {
    this.#forget.hidden = true;
    this.#options = groups.flatMap(({ options }) => options);
    const shown = groups.map(({ title, options }, at) => {
      const id = `V-search-group-${at}`;
      return make('div', { role: 'group', 'aria-labelledby': id }, make('p', { class: 'search-group', id }, title, make('span', { 'aria-hidden': 'true' }, String(options.length))), ...options.map(({ element }) => element));
    });
    for (const [at, { element }] of this.#options.entries()) element.id = `V-search-option-${at}`;
    this.#list.replaceChildren(...shown);
    this.#list.scrollTop = 0;
    this.#input.setAttribute('aria-expanded', String(this.#options.length > 0));
    this.#select(this.#options.length > 0 ? 0 : -1);
  }

  /** @param {number} index of the option that Enter opens; -1 is none */
  #select(index) {
    this.#options[this.#active]?.element.setAttribute('aria-selected', 'false');
    this.#active = index;
    const chosen = this.#options[index]?.element;
    chosen?.setAttribute('aria-selected', 'true');
    if (chosen) this.#input.setAttribute('aria-activedescendant', chosen.id);
    else this.#input.removeAttribute('aria-activedescendant');
    chosen?.scrollIntoView({ block: 'nearest' });
    this.dialog.toggleAttribute('data-copy', this.#options[index]?.copy !== undefined);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    const last = this.#options.length - 1;
    const option = this.#options[this.#active];
    if (isComposing || altKey) return;
    const has = ctrlKey || metaKey;
    const hasSelection = this.#input.selectionStart !== this.#input.selectionEnd;
    if (key === 'ArrowDown') this.#select(this.#active >= last ? 0 : this.#active + 1);
    else if (key === 'ArrowUp') this.#select(this.#active <= 0 ? last : this.#active - 1);
    else if (key === 'Enter' && option) this.#open(option, has);
    else if (key.toLowerCase() === 'c' && has && !hasSelection && option) this.#copy(option);
    else if (key !== 'Enter') return;
    event.preventDefault();
  }

  /** @param {ClipboardEvent} event */
  async #paste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.#codes.isPath(text)) return;
    event.preventDefault();
    if (await this.#codes.openCode(text)) return this.dialog.close();
    this.#input.setRangeText(text.replace(/\s+/g, ' ').trim(), this.#input.selectionStart ?? 0, this.#input.selectionEnd ?? 0, 'end');
    await this.show();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const option = this.#options.find(({ element }) => element.contains(target));
    if (!option) return;
    const isModified = event.ctrlKey || event.metaKey || event.shiftKey;
    if (target?.closest('.search-copy')) this.#copy(option);
    else if (isModified && option.url) return rememberSearch(this.#input.value);
    else this.#open(option, false);
    event.preventDefault();
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const index = this.#options.findIndex(({ element }) => target instanceof Node && element.contains(target));
    if (index >= 0 && index !== this.#active) this.#select(index);
  }

  /**
   * @param {Option} option
   * @param {boolean} inTab in a tab of its own
   */
  #open({ url, query }, inTab) {
    if (query !== undefined) {
      this.#input.value = query;
      this.show();
      return;
    }
    if (!url) return;
    rememberSearch(this.#input.value);
    if (inTab) return void window.open(url, '_blank', 'noopener');
    this.dialog.close();
    this.#codes.visit(new URL(url));
  }

  /**
   * The path of a typed code. A word alone is one only where it is the whole code of a flow.
   * @param {string} query
   */
  async #findPath(query) {
    const found = await this.#codes.findCode(query);
    if (!found || (!found.isWhole && !found.code.includes('·'))) return null;
    const { title, url, code } = found;
    return makeOption('path', { title: [{ text: translate('search_path', { title }), isMatch: false }], detail: [{ text: code, isMatch: false }], url: url.href });
  }

  /** @param {Option} option */
  async #copy({ copy, element }) {
    if (copy === undefined) return void (this.#count.textContent = translate('search_no_copy'));
    rememberSearch(this.#input.value);
    const copied = await copyText(copy);
    const mark = element.querySelector('.search-copy');
    if (copied && mark) mark.textContent = translate('copied');
    element.toggleAttribute('data-copied', copied);
    this.#count.textContent = `${translate(copied ? 'copied' : 'copy_failed')}: ${copy}`;
    if (!this.dialog.isConnected) announce(translate('copied'));
  }
}

/**
 * @param {number} count
 * @param {string} query
 */
function describeCount(count, query) {
  if (count === 0) return translate('search_none', { query });
  return translate(count === 1 ? 'search_one' : count < LIMIT ? 'search_many' : 'search_first', { count: String(count) });
}
