// @ts-check
/** `.details-bar`: opens and closes all sections, opens the one of the fragment, and all before printing. */

import { findTarget } from './page.js';

/** @param {HTMLElement} bar */
export function mount(bar) {
  for (const button of bar.querySelectorAll('button')) {
    button.hidden = false;
    button.addEventListener('click', () => setAll(button.dataset.details === 'open'));
  }
  openTarget();
  addEventListener('hashchange', openTarget);
  document.addEventListener('click', openAgain);
  openForPrint();
}

function sections() {
  return [...document.querySelectorAll('main details')].filter((each) => each instanceof HTMLDetailsElement);
}

/** @param {boolean} open */
function setAll(open) {
  for (const section of sections()) section.open = open;
}

/** Opens the section of the fragment and those around it. */
function openTarget() {
  const target = findTarget();
  const closed = sections().filter((section) => !section.open && section.contains(target));
  for (const section of closed) section.open = true;
  if (closed.length > 0) target?.scrollIntoView();
}

/**
 * A link to the fragment the page stands at changes no address.
 * @param {MouseEvent} event
 */
function openAgain({ target }) {
  const link = target instanceof Element && target.closest('a');
  if (link && link.hash !== '' && link.href === location.href) openTarget();
}

function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = sections().filter(({ open }) => !open);
    for (const section of opened) section.open = true;
  });
  addEventListener('afterprint', () => {
    for (const section of opened) section.open = false;
  });
}
