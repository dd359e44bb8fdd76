// @ts-check
/** The button of the colour scheme: that of the system, light or dark. */

import { translate } from './page.js';

const KEY = 'vereda:scheme';
const schemes = ['system', 'light', 'dark'];

/** @param {HTMLElement} button */
export function mount(button) {
  const label = button.querySelector('span');
  const show = () => {
    const { scheme = 'system' } = document.documentElement.dataset;
    if (label) label.textContent = translate(`scheme_${scheme}`);
    return scheme;
  };
  button.addEventListener('click', () => {
    choose(schemes[(schemes.indexOf(show()) + 1) % schemes.length]);
    show();
  });
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY) apply(newValue ?? 'system');
    show();
  });
  show();
  button.dataset.ready = '';
}

/** @param {string} scheme */
function choose(scheme) {
  apply(scheme);
  try {
    if (scheme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** @param {string} scheme */
function apply(scheme) {
  if (scheme === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}
