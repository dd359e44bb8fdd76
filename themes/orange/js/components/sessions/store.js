// @ts-check
/**
 * The sessions of this tab, in `sessionStorage` alone, shared by every page of the site that the tab shows. Where there is no
 * storage they last as long as the page.
 */

import { isSession, put } from '../../logic/sessions.js';
import { home, place } from '../page.js';
import { claimTab, leaveTab, tabKey } from './tab.js';

/** @import { Book, Session } from '../../logic/types.js' */

const SECOND_MS = 1000;

class Store {
  /** @type {Session[]} */
  sessions = [];
  /** The session shown on this page. @type {string | null} */
  current = null;
  /** Shows a session on this page, or a new one for null. @type {((id: string | null) => void) | null} */
  show = null;
  /** Called when the browser restores the page from its cache. @type {(() => void) | null} */
  resume = null;
  /** @type {string | null} */
  #wanted = null;
  /** The flow of this page. @type {string | null} */
  #flow = null;
  /** @type {(() => void)[]} */
  #listeners = [];
  /** @type {Promise<void> | null} */
  #ready = null;

  /** Reads the sessions of the tab, once; a duplicated tab begins with none. */
  ready() {
    this.#ready ??= claimTab(place).then(() => {
      this.#read();
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

  /** @param {string} id */
  close(id) {
    this.drop(id);
    if (id === this.current) this.show?.(this.sessions.find(({ flow }) => flow === this.#flow)?.id ?? null);
  }

  /** Deletes everything that this site stores in this browser. */
  clear() {
    this.sessions = [];
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
    const { sessions, wanted } = readBook();
    this.sessions = sessions;
    this.#wanted = wanted;
    this.#notify();
  }

  #write() {
    try {
      sessionStorage.setItem(place, JSON.stringify({ sessions: this.sessions, wanted: this.#wanted }));
    } catch {
      // They last as long as the page.
    }
    this.#notify();
  }

  #notify() {
    for (const listener of this.#listeners) listener();
  }
}

export const store = new Store();

/** @returns {Book} */
function readBook() {
  try {
    const { sessions, wanted } = JSON.parse(sessionStorage.getItem(place) ?? 'null') ?? {};
    return { sessions: Array.isArray(sessions) ? sessions.filter(isSession) : [], wanted };
  } catch {
    return { sessions: [], wanted: null };
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
