// @ts-check
/** Mounts the components of the page. */

/** @type {Record<string, () => Promise<{mount: (element: HTMLElement) => void}>>} */
const components = {
  copy: () => import('./components/copy.js'),
  details: () => import('./components/details.js'),
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

for (const element of document.querySelectorAll('[data-component]')) mount(/** @type {HTMLElement} */ (element));
