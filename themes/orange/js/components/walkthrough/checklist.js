// @ts-check
/** The checklists of a screen, ticked for the session that is shown, with timers that end by the clock. */

import { formatRemaining } from '../../logic/sessions.js';
import { make, makeButton, translate } from '../page.js';
import { store } from '../sessions/store.js';

/** @import { Place, Session } from '../../logic/types.js' */

/** What shows each list again. @type {WeakMap<Element, () => void>} */
const bound = new WeakMap();
/** The same of those on the screen. @type {(() => void)[]} */
let shows = [];

store.listen(showAll);

/** @param {{section: HTMLElement, place: Place}[]} shown */
export function bindChecklists(shown) {
  shows = shown.flatMap(({ section, place: { key, node } }) => {
    const list = section.querySelector('.node-checklist');
    if (!list) return [];
    const show = bound.get(list) ?? bind([...list.children], node.checklist.map((item) => ({ ...item, id: `${key}#${item.text}` })));
    bound.set(list, show);
    return show;
  });
  showAll();
}

function showAll() {
  for (const show of shows) show();
}

/**
 * @param {Element[]} elements
 * @param {{id: string, text: string, timer?: number | null}[]} items
 */
function bind(elements, items) {
  const rows = elements.flatMap((element, at) => {
    const box = element.querySelector('input');
    return box && items[at] ? [makeRow(element, box, items[at])] : [];
  });
  return () => {
    const session = store.find(store.current);
    if (session) for (const row of rows) row(session);
  };
}

/**
 * @param {Element} element
 * @param {HTMLInputElement} box
 * @param {{id: string, text: string, timer?: number | null}} item
 */
function makeRow(element, box, { id, text, timer }) {
  box.addEventListener('change', () => {
    const { ticks = [] } = store.find(store.current) ?? {};
    store.change(store.current ?? '', { ticks: box.checked ? [...ticks, id] : ticks.filter((each) => each !== id) });
  });
  const clock = timer ? makeClock(id, text, timer) : null;
  if (clock) element.querySelector('.timer')?.replaceWith(clock.element);
  return (/** @type {Session} */ session) => {
    box.checked = session.ticks.includes(id);
    clock?.show(session);
  };
}

/**
 * @param {string} id
 * @param {string} text
 * @param {number} seconds
 */
function makeClock(id, text, seconds) {
  const change = (/** @type {Session['timers'][string] | null} */ timer) => {
    const { [id]: _, ...timers } = store.find(store.current)?.timers ?? {};
    store.change(store.current ?? '', { timers: timer ? { ...timers, [id]: timer } : timers });
  };
  const left = make('span', { class: 'timer-left', role: 'timer' });
  const start = makeButton('button', translate('timer_start', { time: formatRemaining(seconds * 1000) }), () => change({ text, deadline: Date.now() + seconds * 1000, notify: false, announced: false }));
  const stop = makeButton('button', translate('timer_stop'), () => change(null));
  const notify = makeButton('button', translate('timer_notify'), async () => {
    const granted = (await Notification.requestPermission()) === 'granted';
    const timer = store.find(store.current)?.timers[id];
    if (timer) change({ ...timer, notify: granted });
  });
  const show = (/** @type {Session} */ { timers }) => {
    const timer = timers[id];
    const ms = timer ? timer.deadline - Date.now() : 0;
    start.hidden = timer !== undefined;
    for (const each of [left, stop]) each.hidden = !timer;
    notify.hidden = !timer || ms <= 0 || !('Notification' in window) || Notification.permission === 'denied';
    notify.setAttribute('aria-pressed', String(timer?.notify ?? false));
    const shown = timer ? (ms <= 0 ? translate('timer_over') : formatRemaining(ms)) : '';
    if (left.textContent !== shown) left.textContent = shown;
  };
  return { element: make('span', { class: 'timer' }, left, start, notify, stop), show };
}
