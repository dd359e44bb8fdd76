// @ts-check
/** A flow page, one node at a time over the numbered document. */

import { readAddress, tellPath, writeAddress } from '../logic/address.js';
import { answer, begin, open, stopBefore } from '../logic/answers.js';
import { findNode } from '../logic/flow.js';
import { namesOf, walk } from '../logic/walk.js';
import { findTarget } from './page.js';
import { fillPlaceholders } from './placeholders.js';
import { makeFrame } from './walkthrough/frame.js';
import { newWalk, recall, remember } from './walkthrough/memory.js';
import { listenForNumbers, Screen } from './walkthrough/screen.js';
import { Sections } from './walkthrough/sections.js';

/** @import { Answer, Flow, State } from '../logic/types.js' */

/** @param {HTMLElement} article */
export function mount(article) {
  const data = article.querySelector('[data-flow-data]')?.textContent;
  if (data) new Walkthrough(article, JSON.parse(data)).start();
}

class Walkthrough {
  #article;
  #walked;
  #sections;
  /** The node shown. */
  #key = '';
  /** Whether the document is shown instead. */
  #whole = false;
  /** Which walk this is. */
  #id = newWalk();
  /** @type {Screen | null} */
  #screen = null;
  #frame = makeFrame({
    goTo: (key) => this.#goTo(key),
    back: () => this.#goTo(stopBefore(this.#walked, this.#key) ?? this.#key),
    restart: () => this.#restart(),
    showWhole: () => this.#showWhole(!this.#whole),
  });

  /**
   * @param {HTMLElement} article
   * @param {Flow} flow
   */
  constructor(article, flow) {
    this.#article = article;
    this.#walked = walk(flow, begin());
    this.#sections = new Sections(article);
  }

  start() {
    this.#sections.put(this.#frame.element);
    this.#arrive(history.state?.walk);
    addEventListener('popstate', ({ state }) => this.#arrive(state?.walk)?.());
    listenForNumbers((at) => this.#screen?.press(at));
  }

  /**
   * Shows what the address says, if it says anything to this flow.
   * @param {string | undefined} id the walk of the history entry
   * @returns {(() => void) | undefined} brings what was named into view
   */
  #arrive(id) {
    this.#belong(id);
    const { flow, state } = this.#walked;
    const address = readAddress(flow, location.hash);
    const target = address.node === null ? findTarget() : null;
    const node = address.node ?? target?.closest('[data-node]')?.getAttribute('data-node') ?? null;
    const says = node !== null || Object.keys(address.answers).length > 0 || location.hash === '' || this.#key === '';
    if (!says) return void this.#show(this.#key);
    const next = open(flow, state, { ...address, node });
    this.#take(next.state);
    this.#show(next.key);
    return () => (target ? target.scrollIntoView() : this.#focus());
  }

  /**
   * A history entry without a walk was made by a link, and belongs to the present one.
   * @param {string | undefined} id
   */
  #belong(id) {
    if (id !== undefined && id !== this.#id) {
      const kept = recall(id);
      this.#id = id;
      this.#take(kept?.state ?? begin());
      this.#key = kept?.key ?? '';
      this.#whole = kept?.whole ?? false;
    }
    history.replaceState({ ...history.state, walk: this.#id }, '');
  }

  /** @param {State} state */
  #take(state) {
    this.#walked = walk(this.#walked.flow, state);
  }

  /** @param {string} key */
  #goTo(key) {
    this.#show(key);
    this.#remember();
    this.#push(`#${writeAddress(this.#walked, key)}`);
    this.#focus();
  }

  /** @param {Answer} given */
  #answer(given) {
    const node = this.#key;
    const next = answer(this.#walked, node, given);
    this.#take(next.state);
    this.#goTo(next.key);
    this.#tell('answer', { node, option: given === true ? null : given });
    this.#tellOutcome();
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #type(name, text) {
    const { state, outcome } = this.#walked;
    this.#take({ ...state, inputs: { ...state.inputs, [name]: text } });
    this.#remember();
    this.#fill();
    if (outcome === null) this.#tellOutcome();
  }

  #tellOutcome() {
    const { flow, outcome } = this.#walked;
    if (outcome !== this.#key) return;
    this.#tell('outcome', { node: outcome, result: findNode(flow, outcome)?.node.result });
  }

  #restart() {
    const next = open(this.#walked.flow, begin(), { node: null, answers: {} });
    this.#id = newWalk();
    this.#whole = false;
    this.#take(next.state);
    this.#show(next.key);
    this.#remember();
    this.#push(location.pathname + location.search);
    this.#focus();
  }

  /** @param {boolean} whole */
  #showWhole(whole) {
    this.#whole = whole;
    this.#show(this.#key);
    this.#remember();
    this.#sections.shown?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {string} key */
  #show(key) {
    this.#key = key;
    this.#screen?.remove();
    this.#screen = null;
    const place = findNode(this.#walked.flow, key);
    const section = place && this.#sections.show(this.#walked, place, this.#whole);
    if (section && !this.#whole) {
      this.#screen = new Screen(section, this.#walked, place, {
        answer: (given) => this.#answer(given),
        type: (name, text) => this.#type(name, text),
      });
    }
    this.#fill();
    this.#frame.show(this.#walked, key, this.#whole);
    this.#article.dataset.path = tellPath(this.#walked);
    this.#article.dataset.view = this.#whole ? 'document' : 'node';
    document.querySelector('.pager')?.toggleAttribute('hidden', !this.#whole);
  }

  #fill() {
    const prefix = findNode(this.#walked.flow, this.#key)?.prefix;
    const shown = this.#whole ? this.#article : this.#sections.shown;
    if (shown) fillPlaceholders(shown, namesOf(this.#walked, prefix));
    this.#screen?.update(this.#walked);
  }

  #focus() {
    if (!this.#whole) this.#sections.focus();
  }

  #remember() {
    remember(this.#id, { state: this.#walked.state, key: this.#key, whole: this.#whole });
  }

  /** @param {string} address */
  #push(address) {
    const { href } = new URL(address, location.href);
    if (href !== location.href || history.state?.walk !== this.#id) history.pushState({ walk: this.#id }, '', href);
  }

  /**
   * Ids only: nothing that was typed leaves the page.
   * @param {string} what
   * @param {object} detail
   */
  #tell(what, detail) {
    const { id } = this.#walked.flow;
    this.#article.dispatchEvent(new CustomEvent(`vereda:${what}`, { bubbles: true, detail: { flow: id, ...detail } }));
  }
}
