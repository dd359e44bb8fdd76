// @ts-check
/** The sections of the document, of which a walk shows those of one screen, and sections for the nodes of a called flow. */

import { findInput } from '../../logic/flow.js';
import { titleOf } from '../../logic/record.js';
import { namesOf } from '../../logic/walk.js';
import { mount as mountCopy } from '../copy.js';
import { make, translate } from '../page.js';
import { fillPlaceholders, makeTemplate } from '../placeholder.js';

/** @import { Place, Walk } from '../../logic/types.js' */

/** Pixels at the top of the window that the bar of sessions covers. */
const UNDER_SESSIONS = 64;

export class Sections {
  /** Those of the screen, in its order. @type {{section: HTMLElement, place: Place}[]} */
  shown = [];
  #article;
  /** @type {HTMLElement[]} */
  #all;
  #whole = true;

  /** @param {HTMLElement} article */
  constructor(article) {
    this.#article = article;
    this.#all = [...article.querySelectorAll('[data-node]')].filter((each) => each instanceof HTMLElement);
  }

  /** @param {HTMLElement} frame */
  put(frame) {
    this.#article.insertBefore(frame, this.#all[0] ?? null);
  }

  /** The first section of the screen. */
  get first() {
    return this.shown[0]?.section ?? null;
  }

  /**
   * In the whole document, a node of a called flow has no section.
   * @param {Walk} walked
   * @param {Place[]} places
   * @param {boolean} whole
   */
  show(walked, places, whole) {
    this.#leave(whole);
    if (whole !== this.#whole) this.#toggle(whole);
    this.shown = places.flatMap((place) => {
      const own = place.prefix === '' ? this.#all.find(({ id }) => id === place.id) : null;
      const section = own ?? (whole ? null : this.#article.appendChild(makeCalled(walked, place)));
      return section ? [{ section, place }] : [];
    });
    for (const [at, { section }] of this.shown.entries()) {
      section.hidden = false;
      section.toggleAttribute('data-lead', !whole && at < this.shown.length - 1);
    }
  }

  /** Moves the focus to the first heading, which screen readers announce. */
  focus() {
    const heading = this.first?.querySelector('h2');
    if (!heading) return;
    heading.focus({ preventScroll: true });
    this.reveal(1 / 2);
  }

  /**
   * Scrolls to the heading of the screen, unless it is in sight already.
   * @param {number} share of the window's height, from its top, that counts as in sight
   */
  reveal(share) {
    const heading = this.first?.querySelector('h2');
    const top = heading?.getBoundingClientRect().top ?? UNDER_SESSIONS;
    if (top < UNDER_SESSIONS || top > innerHeight * share) heading?.scrollIntoView();
  }

  /** @param {boolean} whole */
  #leave(whole) {
    for (const { section } of this.shown) {
      section.removeAttribute('data-lead');
      if (this.#all.includes(section)) section.hidden = !whole;
      else section.remove();
    }
  }

  /** @param {boolean} whole */
  #toggle(whole) {
    this.#whole = whole;
    for (const section of this.#all) section.hidden = !whole;
    for (const part of this.#article.querySelectorAll('.node-static')) part.toggleAttribute('hidden', !whole);
  }
}

/**
 * The section of a called flow's node, from the data of this page.
 * @param {Walk} walked
 * @param {Place} place
 */
function makeCalled(walked, place) {
  const { key, id, node, graph, prefix } = place;
  const root = '../'.repeat(walked.flow.url.split('/').length - 2);
  const page = new URL(`${root}${graph.url.slice(1)}#${id}`, document.baseURI).href;
  const title = make('h2', { class: 'node-title', id: `V-${key}`, tabindex: '-1' }, titleOf(walked, place) || graph.title);
  const source = make('p', { class: 'node-source' }, make('a', { href: page }, translate('called', { title: graph.title })));
  const section = make('section', { class: 'node', id: key, 'data-node': key, 'data-kind': node.kind, 'aria-labelledby': title.id });
  const text = make('div');
  section.append(title, text, makeSpot(), ...makeParts(walked, place, page), makeSpot(), source);
  import('./called-text.js').then(({ putText }) => putText(text, page, namesOf(walked, prefix)));
  return section;
}

/** The place where the controls of a node are inserted. */
function makeSpot() {
  return make('div', { class: 'node-static', hidden: '' });
}

/**
 * @param {Walk} walked
 * @param {Place} place
 * @param {string} page
 */
function makeParts(walked, { node: { links, copy, checklist }, prefix, graph }, page) {
  const find = namesOf(walked, prefix);
  const anchors = links.map(({ label, url }) => make('a', { class: 'button', 'data-template': url, 'data-base': page, target: '_blank', rel: 'noopener' }, label));
  fillPlaceholders(make('div', {}, ...anchors), find);
  const copies = copy.map(({ label, text }) => {
    const filled = makeTemplate(text, find, (name) => findInput(walked.flow, graph, name));
    const value = make('span', { class: 'copy' }, make('span', { class: 'copy-value' }, ...filled));
    mountCopy(value);
    return make('div', {}, make('dt', {}, label ?? ''), make('dd', {}, value));
  });
  const tasks = checklist.map(({ text, timer }) => make('div', {}, make('label', {}, make('input', { type: 'checkbox' }), ' ', text), ' ', timer ? make('span', { class: 'timer' }) : ''));
  return [makeList('node-links', anchors), make('dl', { class: 'node-copies' }, ...copies), makeList('node-checklist', tasks)].filter((part) => part.hasChildNodes());
}

/**
 * @param {string} name
 * @param {HTMLElement[]} items
 */
function makeList(name, items) {
  return make('ul', { class: name }, ...items.map((item) => make('li', {}, item)));
}
