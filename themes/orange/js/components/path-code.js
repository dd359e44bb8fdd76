// @ts-check
/** A field for a path code; it also takes a paste anywhere on the page. Opens the flow of the code. */

import { isCodeOf, readCode } from '../logic/code-text.js';
import { home, make, translate } from './page.js';

/** @typedef {{code: string, title: string, url: string}} Listed */

/** @param {HTMLElement} element */
export function mount(element) {
  const field = make('input', { id: 'path-code', autocomplete: 'off', spellcheck: 'false', placeholder: element.dataset.example });
  const error = make('p', { class: 'field-error', role: 'alert' });
  const form = make('form', {}, make('label', { for: 'path-code' }, translate('code_label')), field, make('button', { class: 'button' }, translate('code_open')), error);
  element.append(form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    error.textContent = (await openCode(field.value)) ? '' : translate('code_unknown');
  });
  document.addEventListener('paste', async ({ target, clipboardData }) => {
    const text = clipboardData?.getData('text/plain') ?? '';
    const code = target instanceof HTMLInputElement ? null : readCode(text);
    if (code && !(await openCode(text)) && code.tokens.length > 0) error.textContent = translate('code_unknown');
  });
  element.hidden = false;
}

/**
 * Whether a text is a path code with answers, or a record with one.
 * @param {string} text
 */
export function isPath(text) {
  return (readCode(text)?.tokens.length ?? 0) > 0;
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} false where no flow, or more than one, has such a code
 */
export async function openCode(text) {
  const found = await findCode(text);
  if (found) visit(found.url);
  return found !== null;
}

/**
 * Opens an address of the site. On this page only the fragment changes, also where the page is a single file.
 * @param {URL} url
 */
export function visit(url) {
  const here = new URL(document.baseURI);
  const isHere = url.origin === here.origin && url.pathname === here.pathname && url.hash !== '';
  if (isHere) location.hash = url.hash;
  else location.assign(url);
}

/**
 * The path of a code.
 * @param {string} text
 * @returns {Promise<{title: string, url: URL, code: string, isWhole: boolean} | null>} null where no flow, or more than one, has such a code
 */
export async function findCode(text) {
  const code = readCode(text);
  if (!code) return null;
  try {
    const answer = await fetch(new URL('flows.json', home));
    /** @type {Listed[]} */
    const all = await answer.json();
    const exact = all.filter((flow) => flow.code === code.flow);
    const [found, ...others] = exact.length > 0 ? exact : all.filter((flow) => isCodeOf(flow.code, code.flow));
    if (!found || others.length > 0) return null;
    const whole = [code.flow, code.tokens.join('.')].filter(Boolean).join('·');
    const url = new URL(`${found.url.slice(1)}#@${encodeURIComponent(whole)}`, home);
    return { title: found.title, url, code: whole, isWhole: exact.length > 0 };
  } catch {
    return null;
  }
}
