// @ts-check
/** The strings and the style sheet that dialogs load when one is opened. */

import { addStrings } from './page.js';

/** @type {Promise<void> | null} */
let loading = null;

/** Dialogs work all the same without them. */
export function loadParts() {
  loading ??= load().catch((error) => {
    loading = null;
    console.warn('vereda: parts', error);
  });
  return loading;
}

async function load() {
  const answer = await fetch(new URL(document.documentElement.dataset.parts ?? '', document.baseURI));
  const { strings, css } = await answer.json();
  addStrings(strings);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
