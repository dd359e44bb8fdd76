// @ts-check
/** A field for a path code; it also takes a paste anywhere on the page. Opens the flow of the code. */

import { isCodeOf, readCode } from '../logic/code-text.js';
import { home, make, translate } from './page.js';

/** @typedef {{code: string, url: string}} Listed */

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
 * @param {string} text
 * @returns {Promise<boolean>} false where no flow, or more than one, has such a code
 */
export async function openCode(text) {
  const code = readCode(text);
  if (!code) return false;
  try {
    const answer = await fetch(new URL('flows.json', home));
    /** @type {Listed[]} */
    const all = await answer.json();
    const exact = all.filter((flow) => flow.code === code.flow);
    const found = exact.length > 0 ? exact : all.filter((flow) => isCodeOf(flow.code, code.flow));
    if (found.length !== 1) return false;
    const whole = [code.flow, code.tokens.join('.')].filter(Boolean).join('·');
    location.assign(new URL(`${found[0].url.slice(1)}#@${encodeURIComponent(whole)}`, home));
    return true;
  } catch {
    return false;
  }
}
