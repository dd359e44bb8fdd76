// @ts-check
/** The controls of a node: a form, options or a button to continue. */

import { findInput, isStop } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { chosenOptions } from '../../logic/walk.js';
import { make, makeButton, translate } from '../page.js';
import { makeForm } from './form.js';

/** @import { Answer, Give, Option, Place, Same, Type, Walk } from '../../logic/types.js' */

export class Screen {
  #form;
  #exit;
  /** @type {HTMLElement[]} */
  #elements;

  /**
   * @param {HTMLElement} section
   * @param {Walk} walked
   * @param {Place} place
   * @param {{answer: Give, type: Type, same: Same}} actions
   */
  constructor(section, walked, place, { answer, type, same }) {
    this.#form = makeAsked(walked, place, { type, same, send: () => this.#exit.take() });
    this.#exit = makeExit(walked, place, (given) => {
      if (this.#form?.check() ?? true) answer(given);
    });
    this.#elements = this.#exit.elements;
    this.#insert(section);
  }

  /** @param {number} at the option, from 0 */
  press(at) {
    this.#exit.options[at]?.click();
  }

  remove() {
    this.#form?.element.remove();
    for (const element of this.#elements) element.remove();
  }

  /**
   * Puts each where the document has its static form.
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
 * @param {{type: Type, same: Same, send: () => void}} actions
 */
function makeAsked({ flow, state }, { node, graph }, actions) {
  const asked = node.ask.flatMap((name) => {
    const input = findInput(flow, graph, name);
    return input ? { name, input, text: state.inputs[name] ?? '' } : [];
  });
  return asked.length === 0 ? null : makeForm(asked, zoneOf(flow), actions);
}

/**
 * The elements to continue, the options of the number keys, and the action of a sent form.
 * @param {Walk} walked
 * @param {Place} place
 * @param {Give} give
 */
function makeExit({ state, looped, current, outcome }, place, give) {
  const { node, key } = place;
  if (node.kind === 'question') return makeOptions(place, looped && current === key ? undefined : state.answers[key], give);
  if (!isStop(place) || outcome === key) return { elements: [], options: [], take() {} };
  const take = () => give(true);
  return { elements: [makeButton('walk-continue', translate('continue'), take)], options: [], take };
}

/**
 * Where several may be chosen, buttons stay pressed and another one continues.
 * @param {Place} place
 * @param {Answer | undefined} given
 * @param {Give} give
 */
function makeOptions({ key, node }, given, give) {
  const chosen = chosenOptions(node, given);
  const all = node.options ?? [];
  const options = all.map((option, at) => makeOption(option, at, chosen.includes(option), node.multiple ? null : give));
  const list = make('ol', { class: 'walk-options', 'aria-labelledby': `V-${key}` }, ...options.map((option) => make('li', {}, option)));
  const more = node.multiple ? makeContinue(() => all.filter((_, at) => isPressed(options[at])).map(({ id }) => id), give) : [];
  return { elements: [list, ...more], options, take: () => options[0]?.focus() };
}

/**
 * @param {Option} option
 * @param {number} at
 * @param {boolean} chosen
 * @param {Give | null} give null where it only stays pressed
 */
function makeOption({ id, label, hint }, at, chosen, give) {
  const press = () => (give ? give(id) : button.setAttribute('aria-pressed', String(!isPressed(button))));
  const button = makeButton('walk-option', '', press);
  if (give ? chosen : true) button.setAttribute(give ? 'aria-current' : 'aria-pressed', String(chosen));
  if (at < 9) {
    button.append(make('kbd', { 'aria-hidden': 'true' }, String(at + 1)));
    button.setAttribute('aria-keyshortcuts', String(at + 1));
  }
  button.append(make('span', { class: 'walk-option-label' }, label));
  if (hint) button.append(' ', make('span', { class: 'walk-option-hint' }, hint));
  return button;
}

/**
 * @param {() => string[]} pressed
 * @param {Give} give
 */
function makeContinue(pressed, give) {
  const error = make('p', { class: 'field-error', role: 'alert' });
  const go = () => {
    const ids = pressed();
    error.textContent = ids.length === 0 ? translate('choose_one') : '';
    if (ids.length > 0) give(ids);
  };
  return [error, makeButton('walk-continue', translate('continue'), go)];
}

/** @param {Element} button */
function isPressed(button) {
  return button.getAttribute('aria-pressed') === 'true';
}
