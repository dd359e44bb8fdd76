// @ts-check
/** A flow page, one node at a time over the numbered document, for each session of the tab. */

import { decode, readAddress, writePath, writeAddress } from '../logic/address.js';
import { open, stopBefore } from '../logic/answers.js';
import { allInputs, findNode } from '../logic/flow.js';
import { findConflicts } from '../logic/identity.js';
import { read } from '../logic/inputs.js';
import { answerScreen, screenAt, screenBefore } from '../logic/screens.js';
import { findSame, isUntouched } from '../logic/sessions.js';
import { namesOf } from '../logic/walk.js';
import { reader } from './missing.js';
import { findTarget, translate } from './page.js';
import { fillPlaceholders } from './placeholder.js';
import { isElsewhere } from './sessions/elsewhere.js';
import { colorOf, nameOf } from './sessions/name.js';
import { store } from './sessions/store.js';
import { Course } from './walkthrough/course.js';
import { makeDesk } from './walkthrough/desk.js';
import { makeForm } from './walkthrough/form.js';
import { idOfField } from './walkthrough/form.js';
import { makeFrame } from './walkthrough/frame.js';
import { KEYS, listenForKeys } from './walkthrough/keys.js';
import { describeReplay } from './walkthrough/notice.js';
import { Screen } from './walkthrough/screen.js';
import { Sections } from './walkthrough/sections.js';
import { openTool } from './walkthrough/tools.js';

/** @import { Address, Answer, Flow, Session, State, Walk, Workbench } from '../logic/types.js' */
/** @import { Known } from './placeholders.js' */

/** What pages with placeholders use of these modules, when a value is known or typed. */
export const parts = {
  fillPlaceholders,
  makeForm,
  read,
  takeBox: async (/** @type {string} */ text, /** @type {Known} */ known) => (await import('./walkthrough/tools/paste.js')).takeBox(text, known),
};

/** @param {HTMLElement} article */
export async function mount(article) {
  const data = article.querySelector('[data-flow-data]')?.textContent;
  if (data) await new Walkthrough(article, JSON.parse(data)).start();
}

class Walkthrough {
  #article;
  #pager = document.querySelector('.pager');
  #course;
  #sections;
  #desk = makeDesk((name, text) => this.#type(name, text));
  /** The notice to show with the next node. */
  #notice = '';
  /** @type {Screen | null} */
  #screen = null;
  #frame = makeFrame({
    goTo: (key) => this.#goTo(key),
    back: () => this.#goTo(screenBefore(this.#course.walked, this.#course.key) ?? this.#course.key),
    restart: () => this.#restart(),
    showWhole: () => this.#showWhole(!this.#course.whole),
    openTool: (name) => openTool(name, this.#makeBench()),
  });

  /**
   * @param {HTMLElement} article
   * @param {Flow} flow
   */
  constructor(article, flow) {
    this.#article = article;
    this.#course = new Course(flow, article.dataset.version ?? '');
    this.#sections = new Sections(article);
  }

  async start() {
    await store.ready();
    this.#sections.put(this.#frame.element);
    document.querySelector('.desk-trail')?.append(this.#frame.trail);
    const wanted = store.takeWanted(this.#course.walked.flow.url);
    Object.assign(reader, {
      lead: (/** @type {string} */ name) => this.#lead(name),
      labelOf: (/** @type {string} */ name) => allInputs(this.#course.walked.flow)[name]?.label ?? name,
    });
    store.focus = () => this.#focus();
    store.show = (id) => this.#choose(store.find(id) ?? this.#course.make());
    store.listen(() => this.#mark());
    store.resume = () => this.#arrive(history.state?.session);
    this.#arrive(history.state?.session ?? wanted?.id);
    // Until the page is loaded, the browser scrolls to where the document has the section of the address.
    const settle = () => requestAnimationFrame(() => this.#settle());
    if (document.readyState === 'complete') settle();
    else addEventListener('load', settle, { once: true });
    addEventListener('popstate', ({ state }) => this.#arrive(state?.session)?.());
    listenForKeys({
      press: (key) => this.#press(key),
      openTool: (name) => openTool(name, this.#makeBench()),
      paste: (pasted) => this.#paste(pasted),
    });
  }

  /**
   * Shows the node and the answers of the address.
   * @param {string | undefined} id the session of the history entry; an entry without was made by a link
   * @returns {(() => void) | undefined} scrolls to the named element
   */
  #arrive(id) {
    const [fragment, query = ''] = location.hash.split('?');
    const session = store.find(id ?? store.current) ?? this.#findCrashed() ?? this.#course.make();
    const isOther = session.id !== store.current;
    const change = isOther ? this.#course.adopt(session) : null;
    const code = fragment.startsWith('#@') ? decode(fragment.slice(2)) : '';
    const isSpent = query !== '' || code !== '';
    history.replaceState({ ...history.state, session: session.id }, '', isSpent ? location.pathname + location.search + (code ? '' : fragment) : '');
    if (query) this.#prefill(query);
    if (code) this.#paste({ text: code });
    this.#notice = change ? describeReplay(change) : '';
    const { walked } = this.#course;
    const address = readAddress(walked.flow, fragment);
    const target = address.node === null ? findTarget() : null;
    const node = address.node ?? target?.closest('[data-node]')?.getAttribute('data-node') ?? null;
    const isSilent = node === null && Object.keys(address.answers).length === 0;
    if (change || (isSilent && (fragment !== '' || isOther))) return void this.#show(this.#course.key);
    let next = open(walked.flow, walked.state, { ...address, node });
    const isBeside = id === undefined && address.first === null && next.state.start !== walked.state.start;
    if (isBeside && !isUntouched(this.#course.session)) next = this.#openApart({ ...address, node });
    this.#course.take(next.state);
    this.#show(next.key);
    return () => (target ? target.scrollIntoView() : this.#focus());
  }

  /**
   * A node beside the path, as a link or the search names it, begins a session of its own: the customer's answers stay.
   * @param {Address} address
   */
  #openApart(address) {
    const session = this.#course.make();
    this.#course.adopt(session);
    history.replaceState({ ...history.state, session: session.id }, '');
    return open(this.#course.walked.flow, this.#course.walked.state, address);
  }

  /** Brings the question into sight, unless the address names a part of it. */
  #settle() {
    const target = findTarget();
    const isInside = this.#sections.shown.some(({ section }) => target !== section && section.contains(target));
    if (!this.#course.whole && !isInside) this.#sections.reveal(1 / 2);
  }

  /** The session that this page showed before the tab crashed. */
  #findCrashed() {
    const { crashed, last } = store;
    store.crashed = false;
    return crashed && last?.flow === this.#course.walked.flow.url ? last : null;
  }

  /**
   * Shows the field of an input, where a node of the path has it.
   * @param {string} name
   */
  #lead(name) {
    const { walked, key } = this.#course;
    const keys = [key, walked.current, ...walked.path.map((stop) => stop.key)];
    const asking = keys.find((each) => findNode(walked.flow, each)?.node.ask.includes(name));
    if (asking === undefined) return this.#frame.showNotice(translate('missing_later', { label: reader.labelOf(name) }));
    this.#course.whole = false;
    if (!this.#screen || !this.#sections.shown.some(({ place }) => place.key === asking)) this.#goTo(asking);
    document.getElementById(idOfField(name))?.focus();
  }

  /**
   * Values from another program begin a session of their own.
   * @param {string} query
   */
  async #prefill(query) {
    const { prefill } = await import('./walkthrough/prefill.js');
    const { inputs, notice } = await prefill(query, this.#course.walked.flow);
    if (Object.keys(inputs).length > 0 && !isUntouched(this.#course.session)) this.#course.adopt(this.#course.make());
    this.#fillIn(inputs, notice);
  }

  /**
   * Shows another session at its node.
   * @param {Session} session
   */
  #choose(session) {
    const change = this.#course.adopt(session);
    this.#notice = change ? describeReplay(change) : '';
    this.#goTo(this.#course.key);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether it did something
   */
  #press(key) {
    const { walked, key: shown } = this.#course;
    const previous = stopBefore(walked, shown);
    /** @type {Record<string, () => unknown>} */
    const acts = {
      [KEYS.new]: () => store.show?.(null),
      [KEYS.record]: () => this.#copyRecord(),
      [KEYS.copy]: () => this.#screen?.copyNext() || this.#frame.showNotice(translate('copy_none')),
      [KEYS.change]: () => previous && this.#goTo(previous),
    };
    if (!Object.hasOwn(acts, key)) return this.#screen?.press(key) ?? false;
    acts[key]();
    return true;
  }

  /** Copies the record from any screen. */
  async #copyRecord() {
    const { copyRecord } = await import('./walkthrough/record.js');
    const { session, walked } = this.#course;
    this.#frame.showNotice(await copyRecord(walked, store.sessions.length > 1 || session.name ? nameOf(session) : ''));
  }

  /** Empties the session, which keeps its number and its colour. */
  #restart() {
    const { session } = this.#course;
    store.drop(session.id);
    this.#choose({ ...this.#course.make(), number: session.number });
    if (!isUntouched(session)) store.offerUndo(translate('session_restarted', { name: nameOf(session) }), () => store.restore(session));
  }

  /** @param {string} key */
  #goTo(key) {
    this.#show(key);
    this.#push();
    this.#focus();
  }

  /** @param {Answer} given */
  #answer(given) {
    const { walked, before, key } = this.#course;
    const keys = this.#sections.shown.length > 0 ? this.#sections.shown.map(({ place }) => place.key) : [key];
    const node = keys[keys.length - 1];
    const next = answerScreen(walked, keys, given);
    this.#course.take(next.state);
    this.#goTo(before.current === this.#course.walked.current ? next.key : this.#course.walked.current);
    if (before.path.some((stop) => stop.key === node)) this.#reportRevision(before, node);
    for (const each of keys) this.#dispatch('answer', { node: each, option: each !== node || given === true ? null : given });
    this.#dispatchOutcome();
  }

  /**
   * @param {Walk} before
   * @param {string} node whose answer was changed
   */
  async #reportRevision(before, node) {
    const { walked, key } = this.#course;
    const { describeRevision } = await import('./walkthrough/revision.js');
    const notice = describeRevision(before, walked, node);
    if (notice && this.#course.key === key) this.#frame.showNotice(notice);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #type(name, text) {
    const { outcome } = this.#course.walked;
    this.#course.type({ [name]: text });
    this.#fill();
    if (outcome === null) this.#dispatchOutcome();
  }

  /** @param {string} name of an input */
  #same(name) {
    const { session } = this.#course;
    const others = findSame(store.sessions, session, name).map(nameOf);
    return [...others, ...(isElsewhere(name, session.identities[name]) ? [translate('other_tab')] : [])].join(', ');
  }

  /** @returns {Workbench} */
  #makeBench() {
    const { walked, session } = this.#course;
    return {
      walked,
      name: nameOf(session),
      type: (name, text) => this.#type(name, text),
      fill: (inputs, notice) => this.#takePasted(inputs, notice),
      open: (path, notice) => this.#open(path, notice),
      showNotice: (notice) => this.#frame.showNotice(notice),
    };
  }

  /** @param {{text: string, instead?: () => void}} pasted */
  async #paste({ text, instead }) {
    const { takePaste } = await import('./walkthrough/tools/paste.js');
    const bench = { ...this.#makeBench(), pasted: text, instead };
    if (!(await takePaste(text, bench))) await openTool('paste', bench);
  }

  /**
   * A value of another customer begins a new session, unless the reader replaces it here.
   * @param {Record<string, string>} inputs
   * @param {string} notice
   */
  async #takePasted(inputs, notice) {
    const { session, walked } = this.#course;
    const names = findConflicts(session, walked.flow, inputs);
    if (names.length === 0) return this.#fillIn(inputs, notice);
    const { askWhose, undoPaste } = await import('./walkthrough/conflict.js');
    const choice = await askWhose(names, walked.state.inputs, inputs, nameOf(session));
    if (choice === null) return this.#frame.showNotice(translate('paste_cancelled'));
    if (choice === 'new') this.#course.adopt(this.#course.make());
    this.#fillIn(inputs, notice);
    const { id, state } = this.#course.session;
    store.offerUndo(translate(`paste_${choice}`), () => undoPaste(session, { id, state }, (before) => this.#choose(before)));
  }

  /**
   * Fills in inputs and goes to the next node that misses one.
   * @param {Record<string, string>} inputs
   * @param {string} notice
   */
  #fillIn(inputs, notice) {
    const { key, walked } = this.#course;
    this.#course.type(inputs);
    this.#notice = notice;
    this.#goTo(key === walked.current ? this.#course.walked.current : key);
    this.#dispatchOutcome();
  }

  /**
   * Opens the path of a code in a session of its own.
   * @param {Pick<State, 'start' | 'answers'>} path
   * @param {string} notice
   */
  #open(path, notice) {
    if (!isUntouched(this.#course.session)) this.#course.adopt(this.#course.make());
    this.#course.take({ ...path, inputs: {} });
    this.#notice = notice;
    this.#goTo(this.#course.walked.current);
    this.#dispatchOutcome();
  }

  /** @param {boolean} whole */
  #showWhole(whole) {
    this.#course.whole = whole;
    this.#show(this.#course.key);
    this.#sections.reveal(0.9);
  }

  /** @param {string} key */
  #show(key) {
    this.#course.show(key);
    const { walked, whole, session } = this.#course;
    this.#screen?.remove();
    const place = findNode(walked.flow, key);
    this.#sections.show(walked, whole && place ? [place] : screenAt(walked, key), whole);
    const { shown } = this.#sections;
    const actions = { answer: (/** @type {Answer} */ given) => this.#answer(given), type: this.#type.bind(this), same: this.#same.bind(this) };
    this.#screen = whole || shown.length === 0 ? null : new Screen(shown, walked, actions);
    if (shown.some((each) => each.place.node.checklist.length > 0)) import('./walkthrough/checklist.js').then(({ bindChecklists }) => bindChecklists(shown));
    this.#fill();
    this.#mark();
    this.#frame.show(walked, key, whole, this.#notice);
    this.#desk.show(walked, session);
    this.#notice = '';
    this.#article.dataset.path = writePath(walked);
    this.#put('data-view', whole ? 'document' : 'node');
    this.#pager?.toggleAttribute('hidden', !whole);
  }

  /**
   * Sets an attribute only when it changes: a write restyles everything inside.
   * @param {string} name
   * @param {string} value
   */
  #put(name, value) {
    if (this.#article.getAttribute(name) !== value) this.#article.setAttribute(name, value);
  }

  #fill() {
    const { walked, whole, session } = this.#course;
    if (whole) fillPlaceholders(this.#article, namesOf(walked));
    else for (const { section, place } of this.#sections.shown) fillPlaceholders(section, namesOf(walked, place.prefix));
    this.#desk.show(walked, session);
  }

  /** With several sessions, labels what is copied or opened with the name of its session. */
  #mark() {
    const { session } = this.#course;
    const whose = store.sessions.length > 1 || session.name ? nameOf(session) : '';
    this.#put('data-color', colorOf(session));
    const shown = this.#sections.shown.flatMap(({ section }) => [...section.querySelectorAll('.node-links, .node-copies')]);
    for (const part of [...shown, ...document.querySelectorAll('.desk-record > :is(dl, section)')]) {
      if (whose) part.setAttribute('data-whose', whose);
      else part.removeAttribute('data-whose');
    }
  }

  #focus() {
    if (!this.#course.whole) this.#sections.focus();
  }

  /** An untouched session has the address without a fragment. */
  #push() {
    const { session, walked, key } = this.#course;
    const address = isUntouched(session) ? location.pathname + location.search : `#${writeAddress(walked, key)}`;
    const { href } = new URL(address, location.href);
    if (href !== location.href || history.state?.session !== session.id) history.pushState({ session: session.id }, '', href);
  }

  #dispatchOutcome() {
    const { walked, key, session } = this.#course;
    if (walked.outcome === null || walked.outcome !== key) return;
    this.#dispatch('outcome', { node: key, result: findNode(walked.flow, key)?.node.result });
    if (session.counted) return;
    store.change(session.id, { counted: true });
    import('./walkthrough/counts.js').then(({ count }) => count(walked));
  }

  /**
   * Dispatches an event with ids only: typed values stay in the page.
   * @param {string} what
   * @param {object} detail
   */
  #dispatch(what, detail) {
    const { id } = this.#course.walked.flow;
    this.#article.dispatchEvent(new CustomEvent(`vereda:${what}`, { bubbles: true, detail: { flow: id, ...detail } }));
  }
}
