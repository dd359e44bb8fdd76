// @ts-check
/** The session that is walked: its answers, its node, and what the tab stores of it. */

import { begin, open } from '../../logic/answers.js';
import { rename, replay } from '../../logic/changes.js';
import { findNode } from '../../logic/flow.js';
import { keepWalk } from '../../logic/identity.js';
import { isUntouched, makeSession } from '../../logic/sessions.js';
import { walk } from '../../logic/walk.js';
import { makeId } from '../page.js';
import { store } from '../sessions/store.js';

/** @import { Flow, Replay, Session, State } from '../../logic/types.js' */

export class Course {
  /** The walk of its answers. */
  walked;
  /** The walk at the time when the current node was shown. */
  before;
  /** The node shown. */
  key = '';
  /** Whether the document is shown instead. */
  whole = false;
  #id = '';
  #version;

  /**
   * @param {Flow} flow
   * @param {string} version
   */
  constructor(flow, version) {
    this.walked = walk(flow, begin());
    this.before = this.walked;
    this.#version = version;
  }

  get session() {
    return store.find(this.#id) ?? this.make();
  }

  /** An empty session. */
  make() {
    const made = { id: makeId(), begun: Date.now(), version: this.#version, state: begin() };
    return makeSession(made, this.walked.flow, store.sessions.filter((session) => !isUntouched(session)));
  }

  /**
   * Continues a session at its node.
   * @param {Session} session
   * @returns {Replay | null} where its flow has changed so that it stops
   */
  adopt(session) {
    const { flow } = this.walked;
    this.#id = session.id;
    this.whole = session.whole;
    this.take(rename(flow, session.state));
    const change = session.version === this.#version ? null : replay(session.trail, this.walked);
    const first = open(flow, this.walked.state, { node: null, first: null, answers: {} }).key;
    this.key = change?.stop ?? findNode(flow, session.key)?.key ?? first;
    store.current = session.id;
    store.put(session);
    return change;
  }

  /** @param {State} state */
  take(state) {
    this.walked = walk(this.walked.flow, state);
  }

  /** @param {Record<string, string>} inputs as typed */
  type(inputs) {
    const { state } = this.walked;
    this.take({ ...state, inputs: { ...state.inputs, ...inputs } });
    this.keep();
  }

  /** @param {string} key the node shown */
  show(key) {
    this.key = key;
    this.before = this.walked;
    this.keep();
  }

  keep() {
    store.put(keepWalk(this.session, this.walked, { key: this.key, whole: this.whole, version: this.#version }));
  }
}
