// @ts-check
/** `.tabs`: sections become tabs, with the keys of the ARIA pattern. */

import { findTarget, make } from './page.js';

let count = 0;

/** @param {HTMLElement} tabs */
export function mount(tabs) {
  const panels = [...tabs.querySelectorAll(':scope > .tab')].filter((each) => each instanceof HTMLElement);
  if (panels.length === 0) return;
  const buttons = panels.map(makeTab);
  const list = make('div', { role: 'tablist' }, ...buttons);
  tabs.prepend(list);
  buttons.forEach((button, at) => button.addEventListener('click', () => select(buttons, panels, at)));
  list.addEventListener('keydown', (event) => move(event, buttons, panels));
  const reveal = () => selectTarget(buttons, panels);
  select(buttons, panels, 0);
  reveal();
  addEventListener('hashchange', reveal);
}

/** @param {HTMLElement} panel */
function makeTab(panel) {
  count += 1;
  panel.id ||= `V-panel-${count}`;
  const id = `V-tab-${count}`;
  const title = panel.getAttribute('aria-label') ?? '';
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', id);
  panel.removeAttribute('aria-label');
  panel.tabIndex = 0;
  return make('button', { type: 'button', role: 'tab', id, 'aria-controls': panel.id }, title);
}

/**
 * @param {HTMLButtonElement[]} buttons
 * @param {HTMLElement[]} panels
 * @param {number} chosen
 */
function select(buttons, panels, chosen) {
  buttons.forEach((button, at) => {
    button.setAttribute('aria-selected', String(at === chosen));
    button.tabIndex = at === chosen ? 0 : -1;
    panels[at].hidden = at !== chosen;
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLButtonElement[]} buttons
 * @param {HTMLElement[]} panels
 */
function move(event, buttons, panels) {
  const last = buttons.length - 1;
  const at = buttons.findIndex((button) => button === event.target);
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last };
  const next = steps[event.key];
  if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  select(buttons, panels, next);
  buttons[next].focus();
}

/**
 * @param {HTMLButtonElement[]} buttons
 * @param {HTMLElement[]} panels
 */
function selectTarget(buttons, panels) {
  const target = findTarget();
  const at = panels.findIndex((panel) => target !== null && panel.contains(target));
  if (at < 0) return;
  select(buttons, panels, at);
  target?.scrollIntoView();
}
