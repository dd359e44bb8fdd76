// @ts-check
/** The field that shows only the exact texts with all of its words, in the text itself or in the places that use it. */

import { make } from './page.js';

/** @param {HTMLElement} element */
export function mount(element) {
  const field = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const count = make('span', { role: 'status' });
  element.append(make('label', {}, element.dataset.label ?? '', field, count));
  const { found = '' } = element.dataset;
  /** @type {HTMLElement[]} */
  const items = [...document.querySelectorAll('.copies-text')].filter((item) => item instanceof HTMLElement);
  const texts = items.map((item) => fold(item.textContent ?? ''));
  /** @type {NodeListOf<HTMLElement>} */
  const groups = document.querySelectorAll('.copies-group');
  field.addEventListener('input', () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [at, item] of items.entries()) {
      item.hidden = !words.every((word) => texts[at].includes(word));
      if (!item.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector('.copies-text:not([hidden])');
    count.textContent = words.length > 0 ? found.replace('{count}', String(shown)).replace('{all}', String(items.length)) : '';
  });
}

/** @param {string} text */
function fold(text) {
  return text.normalize('NFD').replace(/\p{Mark}/gu, '').toLowerCase();
}
