// @ts-check
/** Mounts the components of the page. */

import { start } from './components/offline.js';
import { mount as mountOverdue } from './components/overdue.js';
import { mount as mountScheme } from './components/scheme.js';
import { mount as mountSearch } from './components/search.js';
import { rememberPage } from './components/visits.js';

/** @type {Record<string, () => Promise<{mount: (element: HTMLElement) => void | Promise<void>}>>} */
const components = {
  changed: () => import('./components/changed.js'),
  contents: () => import('./components/contents.js'),
  'copies-filter': () => import('./components/copies-filter.js'),
  copy: () => import('./components/copy.js'),
  details: () => import('./components/details.js'),
  'header-more': () => import('./components/header-more.js'),
  diagram: () => import('./components/diagram.js'),
  'not-found': () => import('./components/not-found.js'),
  launch: () => import('./components/launch.js'),
  overdue: async () => ({ mount: mountOverdue }),
  placeholders: () => import('./components/placeholders.js'),
  'path-code': () => import('./components/path-code.js'),
  recent: () => import('./components/recent.js'),
  redirect: () => import('./components/redirect.js'),
  scheme: async () => ({ mount: mountScheme }),
  search: async () => ({ mount: mountSearch }),
  sessions: () => import('./components/sessions.js'),
  tabs: () => import('./components/tabs.js'),
  walkthrough: () => import('./components/walkthrough.js'),
};

/**
 * An error in one component does not stop the others.
 * @param {HTMLElement} element
 */
async function mount(element) {
  const name = element.dataset.component ?? '';
  try {
    const component = await components[name]?.();
    await component?.mount(element);
  } catch (error) {
    console.error(`vereda: ${name}`, error);
  }
}

/** Inside another page, or with `?embed`, only the content is shown. */
document.documentElement.toggleAttribute('data-embed', self !== top || new URLSearchParams(location.search).has('embed'));

const { worker } = document.documentElement.dataset;
if (worker && 'serviceWorker' in navigator) addEventListener('load', () => start(worker));

addEventListener('pagehide', rememberPage);

/** @type {NodeListOf<HTMLElement>} */
const elements = document.querySelectorAll('[data-component]');
for (const element of elements) {
  const { when } = element.dataset;
  if (when) element.addEventListener(when, () => mount(element), { once: true });
  else mount(element);
}
