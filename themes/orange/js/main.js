// @ts-check
/** Mounts the components of the page. */

/** @type {Record<string, () => Promise<{mount: (element: HTMLElement) => void}>>} */
const components = {
  copy: () => import('./components/copy.js'),
  details: () => import('./components/details.js'),
  diagram: () => import('./components/diagram.js'),
  tabs: () => import('./components/tabs.js'),
  walkthrough: () => import('./components/walkthrough.js'),
};

/**
 * An error in one leaves the others, and the page without it, as they are.
 * @param {HTMLElement} element
 */
async function mount(element) {
  const name = element.dataset.component ?? '';
  try {
    const component = await components[name]?.();
    component?.mount(element);
  } catch (error) {
    console.error(`vereda: ${name}`, error);
  }
}

/** @type {NodeListOf<HTMLElement>} */
const elements = document.querySelectorAll('[data-component]');
for (const element of elements) {
  const { when } = element.dataset;
  if (when) element.addEventListener(when, () => mount(element), { once: true });
  else mount(element);
}
