// @ts-check
/** A pasted box on a page with placeholders: its certain values, unless they are of another customer. */

import { read } from '../../logic/inputs.js';
import { readPaste } from '../../logic/paste.js';
import { openDialog } from '../dialog.js';
import { make, translate } from '../page.js';
import { loadParts } from '../parts.js';
import { nameOf } from '../sessions/name.js';
import { store } from '../sessions/store.js';

/** @import { Known } from '../placeholders.js' */

/**
 * @param {string} text
 * @param {Known} known
 */
export async function takeBox(text, { zone, inputs }) {
  const asked = Object.entries(inputs).map(([name, input]) => ({ name, input }));
  const found = readPaste(text, asked, zone).filter(({ sure }) => sure);
  if (found.length === 0) return;
  await loadParts();
  const { last } = store;
  const before = store.values();
  const valueOf = (/** @type {string} */ name, /** @type {string} */ typed) => JSON.stringify(Object.entries(read(inputs[name], typed, zone)).filter(([key]) => key === 'value'));
  const others = found.filter(({ name, texts }) => before[name] && valueOf(name, before[name]) !== valueOf(name, texts[0]));
  if (others.length > 0 && last) return openDialog(translate('conflict'), () => describe(others, before, nameOf(last)));
  for (const { name, texts } of found) store.type(name, texts[0]);
  const labels = found.map(({ name, input }) => input.label ?? name).join(', ');
  store.offerUndo(translate('prefilled', { labels }), () => found.forEach(({ name }) => store.type(name, before[name] ?? '')));
}

/**
 * @param {import('../../logic/types.js').Found[]} others
 * @param {Record<string, string>} before
 * @param {string} name of the session
 */
function describe(others, before, name) {
  const lines = others.map((each) => make('li', {}, translate('conflict_line', { label: each.input.label ?? each.name, was: before[each.name], now: each.texts[0] })));
  const text = [translate('conflict_text', { name }), make('ul', {}, ...lines), make('p', {}, translate('paste_cancelled'))];
  return make('section', {}, make('h2', {}, translate('conflict')), ...text);
}
