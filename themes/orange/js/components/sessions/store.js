// @ts-check
/**
 * The sessions of this tab, in `sessionStorage` alone, shared by every page of the site that the tab shows. Where there is no
 * storage they last as long as the page.
 */

import { isSession, isUntouched, put } from '../../logic/sessions.js';
import { home, makeId, place, translate } from '../page.js';
import { listenToTabs, send } from './elsewhere.js';
import { nameOf } from './name.js';
import { claimTab, leaveTab, tabKey } from './tab.js';

/** @import { Book, Session } from '../../logic/types.js' */

const SECOND_MS = 1000;
/** How long an act can be undone. */
const UNDO_MS = 60_000;
const tab = makeId();

class Store {
  /** @type {Session[]} */
  sessions = [];
  /** The session shown on this page. @type {string | null} */
  current = null;
  /** Shows a session on this page, or a new one for null. @type {((id: string | null) => void) | null} */
  show = null;
  /** Moves the focus to the question of this page. @type {(() => void) | null} */
  focus = null;
  /** The last act that can be undone; in memory alone. @type {{text: string, undo: () => void, until: number} | null} */
  #act = null;
  /** Whether the page before this one crashed. */
  crashed = false;
  /** Called when the browser restores the page from its cache. @type {(() => void) | null} */
  resume = null;
  /** @type {string | null} */
  #wanted = null;
  /** The session that the tab showed last. @type {string | null} */
  #last = null;
  /** Values that were typed on pages while there was no session, by input. @type {Record<string, string>} */
  #typed = {};
  /** The flow of this page. @type {string | null} */
  #flow = null;
  /** @type {(() => void)[]} */
  #listeners = [];
  /** @type {Promise<void> | null} */
  #ready = null;

  /** Reads the sessions of the tab, once; a duplicated tab begins with none. */
  ready() {
    this.#ready ??= claimTab(place).then((crashed) => {
      this.crashed = crashed;
      this.#read();
      listenToTabs(tab, () => this.sessions);
      setInterval(() => this.#notify(), SECOND_MS);
      addEventListener('pagehide', () => leaveTab(place));
      addEventListener('pageshow', ({ persisted }) => persisted && claimTab(place).then(() => this.#resume()));
    });
    return this.#ready;
  }

  /** @param {() => void} listener called after every change and every second */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {string | null | undefined} id */
  find(id) {
    return this.sessions.find((session) => session.id === id) ?? null;
  }

  /** The session that the tab shows or showed last, or the only one. */
  get last() {
    return this.find(this.current ?? this.#last) ?? (this.sessions.length === 1 ? this.sessions[0] : null);
  }

  /** The typed texts of the last session; without a session, those of the tab. */
  values() {
    return this.last?.state.inputs ?? this.#typed;
  }

  /**
   * On a page without a flow.
   * @param {string} name
   * @param {string} text
   */
  type(name, text) {
    const { last } = this;
    if (last) return this.change(last.id, { state: { ...last.state, inputs: { ...last.state.inputs, [name]: text } } });
    this.#typed = { ...this.#typed, [name]: text };
    this.#write();
  }

  /** @param {Session} session */
  put(session) {
    this.sessions = put(this.sessions, session);
    this.#write();
  }

  /**
   * @param {string} id
   * @param {Partial<Session>} changed
   */
  change(id, changed) {
    this.sessions = this.sessions.map((session) => (session.id === id ? { ...session, ...changed } : session));
    this.#write();
  }

  /** @param {string} id */
  drop(id) {
    this.sessions = this.sessions.filter((session) => session.id !== id);
    this.#write();
  }

  /** The act that can still be undone. */
  get act() {
    return this.#act && this.#act.until > Date.now() ? this.#act : null;
  }

  /**
   * @param {string} text names the action that can be undone
   * @param {() => void} undo
   */
  offerUndo(text, undo) {
    this.#act = { text, undo, until: Date.now() + UNDO_MS };
    this.#notify();
  }

  undo() {
    const { act } = this;
    this.#act = null;
    act?.undo();
    this.#notify();
  }

  /**
   * Takes a session back, with another number where its own is in use.
   * @param {Session} session
   */
  restore(session) {
    const others = this.sessions.filter((each) => each.id !== session.id && !isUntouched(each));
    const isTaken = others.some(({ number }) => number === session.number);
    this.put({ ...session, number: isTaken ? Math.max(...others.map(({ number }) => number)) + 1 : session.number });
    if (this.show && session.flow === this.#flow) this.show(session.id);
  }

  /** @param {string} id */
  close(id) {
    const closed = this.find(id);
    this.drop(id);
    if (closed && !isUntouched(closed)) this.offerUndo(translate('session_closed', { name: nameOf(closed) }), () => this.restore(closed));
    if (id === this.current) this.show?.(this.sessions.find(({ flow }) => flow === this.#flow)?.id ?? null);
  }

  /** Deletes everything that this site stores in this browser. */
  clear() {
    this.sessions = [];
    this.#typed = {};
    this.#act = null;
    for (const storage of ['sessionStorage', 'localStorage']) forget(storage);
    this.#notify();
    this.show?.(null);
  }

  /**
   * Here, or on the page of its flow.
   * @param {Session} session
   */
  choose({ id, flow }) {
    if (this.show && flow === this.#flow) return this.show(id);
    this.#wanted = id;
    this.#write();
    location.assign(new URL(flow.slice(1), home));
  }

  /**
   * @param {string} flow the route of the flow that this page shows
   * @returns {Session | null} the session that the page before chose
   */
  takeWanted(flow) {
    this.#flow = flow;
    const session = this.find(this.#wanted);
    this.#wanted = null;
    return session?.flow === flow ? session : null;
  }

  #resume() {
    this.#read();
    this.resume?.();
  }

  #read() {
    const { sessions, wanted, last, typed } = readBook();
    this.sessions = sessions;
    this.#wanted = wanted;
    this.#last = last;
    this.#typed = typed;
    this.#notify();
  }

  #write() {
    try {
      sessionStorage.setItem(place, JSON.stringify({ sessions: this.sessions, wanted: this.#wanted, last: this.current ?? this.#last, typed: this.#typed }));
    } catch {
      // They last as long as the page.
    }
    this.#notify();
  }

  #notify() {
    send(tab, this.sessions);
    for (const listener of this.#listeners) listener();
  }
}

export const store = new Store();

/** @returns {Book} */
function readBook() {
  try {
    const { sessions, wanted, last = null, typed } = JSON.parse(sessionStorage.getItem(place) ?? 'null') ?? {};
    const texts = Object.entries(typed ?? {}).filter(([, text]) => typeof text === 'string');
    return { sessions: Array.isArray(sessions) ? sessions.filter(isSession) : [], wanted, last, typed: Object.fromEntries(texts) };
  } catch {
    return { sessions: [], wanted: null, last: null, typed: {} };
  }
}

/** @param {string} name of a storage of the window, which may be refused */
function forget(name) {
  try {
    const storage = Reflect.get(window, name);
    for (const key of Object.keys(storage)) if ((key === place || key.startsWith(`${place}:`)) && key !== tabKey(place)) storage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
