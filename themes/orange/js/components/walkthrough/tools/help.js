// @ts-check
/** A dialog with the keys and with what this browser stores. */

import { make, makeButton, translate } from '../../page.js';
import { store } from '../../sessions/store.js';
import { areKeysOff, turnKeys } from '../../single-keys.js';
import { KEYS as walkKeys } from '../keys.js';

/** @import { Workbench } from '../../../logic/types.js' */

const { new: add, record, copy, change } = walkKeys;
const KEYS = ['1 – 9', 'Enter', 'Alt+1 – Alt+9', 'Alt+←', 'Ctrl+V', '?', 'Esc', 'S / N', ...[add, record, copy, change].map((key) => key.toUpperCase()), '/'];

/**
 * @param {Workbench} bench
 * @param {() => void} close
 */
export async function makeBody({ walked: { flow } }, close) {
  const [{ readCounts }, { loadParts }] = await Promise.all([import('../counts.js'), import('../../parts.js')]);
  await loadParts();
  const keys = KEYS.map((key, at) => make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, translate(`key_${at + 1}`))));
  const off = make('input', { type: 'checkbox' });
  off.checked = areKeysOff();
  off.addEventListener('change', () => turnKeys(off.checked));
  const counts = readCounts(flow.url);
  const save = makeButton('button', translate('counts_save'), () => saveFile(`${flow.id}.counts.json`, JSON.stringify(counts, null, 2)));
  save.disabled = counts.walks === 0;
  const clear = makeButton('button', translate('clear'), () => {
    close();
    store.clear();
  });
  return make(
    'section', {},
    make('h2', {}, translate('keys')), make('dl', { class: 'tool-keys' }, ...keys), make('label', {}, off, ' ', translate('keys_off')),
    make('h2', {}, translate('kept')), make('p', {}, translate('kept_text')), make('p', {}, translate('counts_text', { walks: String(counts.walks) })),
    make('div', { class: 'walk-bar' }, save, clear),
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
function saveFile(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  make('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
