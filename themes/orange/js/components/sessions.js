// @ts-check
/** The sessions of the tab on every page, each with its name, its duration and its timers. */

import { findNextTimer, isUntouched, formatDuration, formatRemaining } from '../logic/sessions.js';
import { announce, make, makeButton, translate } from './page.js';
import { colorOf, nameOf, publicNameOf } from './sessions/name.js';
import { store } from './sessions/store.js';

/** @import { Session } from '../logic/types.js' */

const title = document.title;

/** @param {HTMLElement} element */
export async function mount(element) {
  const list = make('ol');
  const add = makeButton('session-new', translate('session_new'), () => store.show?.(null));
  const undo = makeButton('session-undo', translate('undo'), () => store.undo());
  const act = make('span', { class: 'session-act', hidden: '' }, make('span'), ' ', undo);
  element.append(list, add, act);
  await store.ready();
  /** @type {Map<string, ReturnType<typeof makeItem>>} */
  const items = new Map();
  /** @type {string | null} */
  let shown = null;
  const show = () => {
    const { sessions } = store;
    for (const [id, { element: item }] of items) if (!store.find(id)) items.delete(id) && item.remove();
    for (const session of sessions) {
      const item = items.get(session.id) ?? makeItem(session, () => items.get(store.current ?? '')?.element.querySelector('button')?.focus());
      items.set(session.id, item);
      item.show(session, session.id === store.current);
    }
    const order = sessions.flatMap(({ id }) => items.get(id)?.element ?? []);
    if (order.some((item, at) => list.children[at] !== item)) list.append(...order);
    add.hidden = store.show === null;
    element.hidden = add.hidden && sessions.every(isUntouched) && !store.act;
    if (store.act) put(/** @type {Element} */ (act.firstChild), store.act.text);
    act.hidden = store.act === null;
    if (shown !== store.current) list.scrollLeft = (items.get(store.current ?? '')?.element.offsetLeft ?? 0) - list.offsetLeft;
    shown = store.current;
    updateTitle();
  };
  store.listen(() => {
    announceTimers();
    show();
  });
  show();
  listenForKeys();
}

/**
 * The item of a session; that of the current one has a field for its name.
 * @param {Session} session
 * @param {() => void} leave where the focus goes when it is closed and another is shown
 */
function makeItem(session, leave) {
  const { id, number } = session;
  const name = make('span', { class: 'session-name' });
  const field = make('input', { class: 'session-name', maxlength: '40', autocomplete: 'off', spellcheck: 'false', 'aria-label': translate('session_name', { number: String(number) }) });
  const time = make('span', { class: 'session-time' });
  const choose = makeButton('session', '', () => {
    const chosen = store.find(id);
    if (chosen) store.choose(chosen);
  });
  const close = makeButton('session-close', '×', () => {
    const isShown = id === store.current;
    store.close(id);
    if (!isShown) leave();
  });
  const badge = make('span', { class: 'session-number' }, String(number));
  choose.append(badge, ' ', name);
  field.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === 'Escape') && !event.isComposing) store.focus?.();
  });
  field.addEventListener('input', () => store.change(id, { name: field.value.trim() }));
  const element = make('li', { 'data-color': colorOf(session) }, choose, field, time, close);
  if (number <= 9) choose.setAttribute('aria-keyshortcuts', `Alt+${number}`);
  /**
   * @param {Session} session
   * @param {boolean} current
   */
  const show = (session, current) => {
    const called = nameOf(session);
    put(name, called);
    put(time, timeOf(session));
    time.toggleAttribute('data-timer', Object.keys(session.timers).length > 0);
    field.hidden = !current;
    field.placeholder = nameOf({ ...session, name: '' });
    if (document.activeElement !== field) field.value = session.name;
    name.classList.toggle('visually-hidden', current);
    choose.setAttribute('aria-current', String(current));
    choose.title = `${called} · ${session.title}`;
    close.setAttribute('aria-label', translate('session_close', { name: called }));
  };
  return { element, show };
}

/** @param {Session} session */
function timeOf(session) {
  const timer = findNextTimer([session])?.timer;
  if (!timer) return formatDuration(Date.now() - session.begun);
  return timer.deadline <= Date.now() ? translate('timer_over') : formatRemaining(timer.deadline - Date.now());
}

/** Announces each ended timer once, with a notification where the reader wants one. */
function announceTimers() {
  for (const session of store.sessions) {
    for (const [item, timer] of Object.entries(session.timers)) {
      if (timer.announced || timer.deadline > Date.now()) continue;
      store.change(session.id, { timers: { ...session.timers, [item]: { ...timer, announced: true } } });
      announce(translate('timer_ended', { text: timer.text, name: nameOf(session) }));
      if (timer.notify && Notification.permission === 'granted') new Notification(translate('timer_over'), { body: `${publicNameOf(session)}: ${timer.text}` });
    }
  }
}

/** Puts the session and the rest of the next timer into the title. */
function updateTitle() {
  const next = findNextTimer(store.sessions)?.timer;
  const left = next && next.deadline - Date.now();
  const timer = left === undefined ? '' : left <= 0 ? translate('timer_over') : left < 60_000 ? formatRemaining(left) : formatDuration(left);
  const current = store.find(store.current);
  const whose = current && (store.sessions.length > 1 || current.name) ? publicNameOf(current) : '';
  const wanted = [timer, whose, title].filter(Boolean).join(' · ');
  if (document.title !== wanted) document.title = wanted;
}

/** Alt and the number of a session, by the key's position: on a Mac, Alt changes the character. */
function listenForKeys() {
  document.addEventListener('keydown', (event) => {
    const number = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
    if (!number || !event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const session = store.sessions.find((each) => each.number === Number(number));
    if (!session) return;
    event.preventDefault();
    if (session.id !== store.current) store.choose(session);
  });
}

/**
 * @param {Element} element
 * @param {string} text
 */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
