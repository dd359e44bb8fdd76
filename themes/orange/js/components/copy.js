// @ts-check
/** `.copy`: a value with a button that copies what it shows. */

import { announce, make, makeButton, say, statusRegion } from './page.js';

const CONFIRMED_MS = 2000;
let count = 0;

/** @param {HTMLElement} copy */
export function mount(copy) {
  const value = copy.querySelector('.copy-value');
  if (value) copy.append(makeCopyButton(value));
}

/**
 * The button is named by its word and by the value.
 * @param {Element} value
 */
export function makeCopyButton(value) {
  statusRegion();
  count += 1;
  value.id ||= `copy-value-${count}`;
  let timer = 0;
  const button = makeButton('copy-button', say('copy'), async () => {
    const copied = await write(value.textContent ?? '');
    if (!copied) getSelection()?.selectAllChildren(value);
    announce(say(copied ? 'copied' : 'copy_failed'));
    button.textContent = say(copied ? 'copied' : 'copy');
    clearTimeout(timer);
    timer = window.setTimeout(() => (button.textContent = say('copy')), CONFIRMED_MS);
  });
  button.id = `copy-${count}`;
  button.setAttribute('aria-labelledby', `${button.id} ${value.id}`);
  return button;
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

/**
 * For pages without HTTPS, and where the clipboard is refused.
 * @param {string} text
 */
function writeBySelection(text) {
  const focused = document.activeElement;
  const area = make('textarea', { class: 'visually-hidden', readonly: '', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
