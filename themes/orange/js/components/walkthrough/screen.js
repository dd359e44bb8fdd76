// @ts-check
/** What a node takes from the reader: a form, options or a way on; at the end, the record. */

import { findInput, isStop } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { writeRecord } from '../../logic/record.js';
import { makeCopyButton } from '../copy.js';
import { make, makeButton, say } from '../page.js';
import { makeForm } from './form.js';
import { makeOptions } from './options.js';

/** @import { Give, Place, Type, Walk } from '../../logic/types.js' */

export class Screen {
  #form;
  #way;
  #preview = make('pre');
  /** @type {HTMLElement[]} */
  #elements;

  /**
   * @param {HTMLElement} section
   * @param {Walk} walked
   * @param {Place} place
   * @param {{answer: Give, type: Type}} actions
   */
  constructor(section, walked, place, { answer, type }) {
    this.#form = makeAsked(walked, place, type, () => this.#way.take());
    this.#way = makeWay(walked, place, (given) => {
      if (this.#form?.check() ?? true) answer(given);
    });
    this.#elements = this.#way.elements;
    if (walked.outcome === place.key && writeRecord(walked) !== null) this.#addRecord();
    this.#insert(section);
  }

  /** @param {number} at the option, from 0 */
  press(at) {
    this.#way.options[at]?.click();
  }

  /** @param {Walk} walked */
  update(walked) {
    this.#preview.textContent = writeRecord(walked);
  }

  remove() {
    this.#form?.element.remove();
    for (const element of this.#elements) element.remove();
  }

  #addRecord() {
    const parts = [make('h3', {}, say('record')), this.#preview, makeCopyButton(this.#preview)];
    this.#elements.push(make('section', { class: 'walk-record' }, ...parts));
  }

  /**
   * Each where the document says the same.
   * @param {HTMLElement} section
   */
  #insert(section) {
    const spots = section.querySelectorAll(':scope > .node-static');
    spots[spots.length - 1].after(...this.#elements);
    if (this.#form) spots[0].after(this.#form.element);
  }
}

/**
 * @param {Walk} walked
 * @param {Place} place
 * @param {Type} type
 * @param {() => void} send
 */
function makeAsked({ flow, state }, { node, graph }, type, send) {
  const asked = node.ask.flatMap((name) => {
    const input = findInput(flow, graph, name);
    return input ? { name, input, text: state.inputs[name] ?? '' } : [];
  });
  return asked.length === 0 ? null : makeForm(asked, zoneOf(flow.calendars), type, send);
}

/**
 * What leads on, what the number keys press, and what a form that was sent does.
 * @param {Walk} walked
 * @param {Place} place
 * @param {Give} give
 */
function makeWay({ state, looped, current, outcome }, place, give) {
  const { node, key } = place;
  if (node.kind === 'question') return makeOptions(place, looped && current === key ? undefined : state.answers[key], give);
  if (!isStop(place) || outcome === key) return { elements: [], options: [], take() {} };
  const take = () => give(true);
  return { elements: [makeButton('walk-continue', say('continue'), take)], options: [], take };
}
