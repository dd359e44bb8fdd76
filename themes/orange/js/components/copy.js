// @ts-check
/** `.copy`: a value with a button that copies what it shows. */

import { askFor, describeMissing, findMissing } from './missing.js';
import { announce, make, makeButton, statusRegion, translate } from './page.js';

const CONFIRMED_MS = 2000;
let count = 0;

/** @param {HTMLElement} copy */
export function mount(copy) {
  const value = copy.querySelector('.copy-value');
  if (value) copy.append(makeCopyButton(value));
}

/**
 * Its accessible name is its word and the value.
 * @param {Element} value
 */
export function makeCopyButton(value) {
  statusRegion();
  count += 1;
  value.id ||= `V-copy-value-${count}`;
  const button = makeButton('copy-button', translate('copy'), () => copyValue(button, value));
  button.id = `V-copy-${count}`;
  button.setAttribute('aria-labelledby', `${button.id} ${value.id}`);
  updateCopyButton(button, value);
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {Element} value
 */
export async function copyValue(button, value) {
  const missing = findMissing(value);
  if (missing.length > 0) askFor(missing);
  else confirmCopy(button, value, await copyText(value.textContent ?? ''));
}

/**
 * Names the missing inputs on the button in place of its word.
 * @param {Element} button
 * @param {Element | null} [value]
 */
export function updateCopyButton(button, value = button.parentElement) {
  const missing = value ? findMissing(value) : [];
  const isMissing = missing.length > 0;
  if (!isMissing && !button.hasAttribute('data-missing')) return;
  button.toggleAttribute('data-missing', isMissing);
  button.textContent = isMissing ? describeMissing(missing) : translate('copy');
}

/** @type {WeakMap<Element, {text: string, timer: number}>} */
const confirmed = new WeakMap();

/**
 * Announces the copy with the name of its session; where copying fails, selects the value.
 * @param {HTMLElement} button
 * @param {Element} value
 * @param {boolean} copied
 */
export function confirmCopy(button, value, copied) {
  if (!copied) getSelection()?.selectAllChildren(value);
  const whose = value.closest('[data-whose]')?.getAttribute('data-whose');
  announce([translate(copied ? 'copied' : 'copy_failed'), whose].filter(Boolean).join(': '));
  const { text, timer } = confirmed.get(button) ?? { text: button.textContent ?? '', timer: 0 };
  clearTimeout(timer);
  button.textContent = copied ? translate('copied') : text;
  const settle = () => button.hasAttribute('data-missing') || (button.textContent = text);
  confirmed.set(button, { text, timer: window.setTimeout(settle, CONFIRMED_MS) });
}

/** @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make('textarea', { class: 'visually-hidden', readonly: '', 'aria-hidden': 'true' });
    area.value = text;
    return copyBySelection(area, () => area.select());
  }
}

/**
 * Copies both formats: an editor that knows rich text takes it.
 * @param {string} text
 * @param {HTMLElement} rich
 */
export async function copyRich(text, rich) {
  try {
    const blob = (/** @type {string} */ type, /** @type {string} */ content) => [type, new Blob([content], { type })];
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries([blob('text/plain', text), blob('text/html', rich.outerHTML)]))]);
    return true;
  } catch {
    const holder = make('div', { class: 'visually-hidden' }, rich);
    return copyBySelection(holder, () => getSelection()?.selectAllChildren(rich));
  }
}

/**
 * For pages without HTTPS, and where the clipboard is refused.
 * @param {HTMLElement} holder
 * @param {() => void} select
 */
function copyBySelection(holder, select) {
  const focused = document.activeElement;
  (focused?.closest('dialog') ?? document.body).append(holder);
  select();
  const copied = document.execCommand('copy');
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
