// @ts-check
/** The placeholders of a page: filled from the session that the tab showed last, else by the reader who activates one. */

import { updateCopyButton } from './copy.js';
import { blockLink, CONTROL, makeActive, reader } from './missing.js';
import { make, translate } from './page.js';
import { nameOf } from './sessions/name.js';
import { store } from './sessions/store.js';
import { isTyping } from './single-keys.js';

/** @import { Input, Reading } from '../logic/types.js' */
/** @typedef {{zone: string, inputs: Record<string, Input>}} Known */

/** The modules of the walkthrough, which a page without values does not load. */
const load = async () => (await import('./walkthrough.js')).parts;

/** @param {HTMLElement} data the inputs that the page shows, as JSON */
export async function mount(data) {
  /** @type {Known} */
  const known = JSON.parse(data.textContent ?? '');
  const article = data.closest('article') ?? document.body;
  Object.assign(reader, {
    editable: true,
    lead: (/** @type {string} */ name) => ask(known, name),
    labelOf: (/** @type {string} */ name) => known.inputs[name]?.label ?? name,
  });
  block(article);
  document.addEventListener('paste', async ({ target, clipboardData }) => {
    const text = clipboardData?.getData('text/plain') ?? '';
    if (text.trim() !== '' && !isTyping(target)) (await load()).takeBox(text, known);
  });
  await store.ready();
  let shown = JSON.stringify([[], '']);
  const show = async () => {
    const values = Object.keys(known.inputs).flatMap((name) => (store.values()[name] ? [[name, store.values()[name]]] : []));
    const now = JSON.stringify([values, values.length > 0 ? whose() : '']);
    if (now === shown) return;
    shown = now;
    await fill(article, known);
    if (values.length > 0 && whose()) article.setAttribute('data-whose', whose());
    else article.removeAttribute('data-whose');
  };
  store.listen(show);
  await show();
}

/**
 * Nothing is known yet: copies and links wait.
 * @param {Element} article
 */
function block(article) {
  for (const span of article.querySelectorAll('[data-input]')) {
    const title = translate('fill_in', { label: reader.labelOf(span.getAttribute('data-input') ?? '') });
    if (!span.closest(`${CONTROL}, .copy`)) makeActive(span, 'button', title);
  }
  for (const link of article.querySelectorAll('a[data-template]')) {
    const names = [...(link.getAttribute('data-template') ?? '').matchAll(/\{\s*([a-z][a-z0-9-]*)/g)].map(([, name]) => name);
    blockLink(link, [...new Set(names)]);
  }
  for (const button of article.querySelectorAll('.copy > .copy-button')) updateCopyButton(button);
}

/**
 * @param {Element} article
 * @param {Known} known
 */
async function fill(article, { zone, inputs }) {
  const { fillPlaceholders, read } = await load();
  fillPlaceholders(article, (name) => {
    const typed = store.values()[name];
    const reading = Object.hasOwn(inputs, name) && typed !== undefined ? read(inputs[name], typed, zone) : { error: 'required' };
    return 'error' in reading ? undefined : /** @type {Reading} */ (reading);
  });
}

/** The name of the session whose values are shown, where there could be doubt. */
function whose() {
  const { last } = store;
  return last && (store.sessions.length > 1 || last.name) ? nameOf(last) : '';
}

/**
 * Requests a value in a dialog.
 * @param {Known} known
 * @param {string} name
 */
async function ask({ zone, inputs }, name) {
  const [{ makeForm }, { openDialog }, { loadParts }] = await Promise.all([load(), import('./dialog.js'), import('./parts.js')]);
  await loadParts();
  const input = inputs[name];
  const text = store.values()[name] ?? '';
  let typed = text;
  const makeBody = (/** @type {() => void} */ close) => {
    const type = (/** @type {string} */ _, /** @type {string} */ value) => (typed = value);
    const send = () => {
      store.type(name, typed);
      close();
    };
    const { element } = makeForm([{ name, input, text }], zone, { type, same: () => '', send });
    element.append(make('button', { class: 'walk-continue' }, translate('paste_fill')));
    return make('section', {}, make('h2', {}, input.label ?? name), element);
  };
  await openDialog(input.label ?? name, makeBody, whose());
}
