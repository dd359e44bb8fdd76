// @ts-check
/** The controls of a screen: the forms of its nodes, and the options of the last one or a button to continue. */

import { findInput, findNode, isStop } from '../../logic/flow.js';
import { zoneOf } from '../../logic/inputs.js';
import { titleOf } from '../../logic/record.js';
import { chosenOptions, namesOf } from '../../logic/walk.js';
import { wordsOf } from '../../logic/words.js';
import { make, makeButton, translate } from '../page.js';
import { makeTemplate } from '../placeholder.js';
import { makeForm } from './form.js';

/** @import { Answer, Give, Option, Place, Same, Type, Walk } from '../../logic/types.js' */

/** Answers that their first letter gives. */
const YES_AND_NO = ['sim', 'nao', 'yes', 'no'];

/** @typedef {{section: HTMLElement, place: Place}} Shown */

export class Screen {
  #forms;
  #exit;
  #sections;
  #multiple;
  /** How many values were copied in order. */
  #copied = 0;

  /**
   * @param {Shown[]} shown in order; the last one is answered
   * @param {Walk} walked
   * @param {{answer: Give, type: Type, same: Same}} actions
   */
  constructor(shown, walked, { answer, type, same }) {
    const { place } = shown[shown.length - 1];
    this.#sections = shown.map(({ section }) => section);
    this.#multiple = place.node.multiple === true;
    this.#forms = shown.map((each) => makeAsked(walked, each.place, { type, same, send: () => this.#exit.take() }));
    this.#exit = makeExit(walked, place, (given) => {
      if (this.#forms.every((form) => form?.check() ?? true)) answer(given);
    });
    this.#insert();
  }

  /**
   * A digit, the first letter of yes or no, or Enter where one way leads on.
   * @param {string} key
   * @returns {boolean} whether it did something
   */
  press(key) {
    const { options, take, elements } = this.#exit;
    const option = options.find((each) => each.getAttribute('aria-keyshortcuts')?.toLowerCase().split(' ').includes(key));
    option?.click();
    const isOneWay = options.length === 0 || this.#multiple;
    if (option || key !== 'enter' || !isOneWay) return option !== undefined;
    if (this.#multiple) elements.find((element) => element.matches('.walk-continue'))?.click();
    else take();
    return true;
  }

  /**
   * Copies the next value of the screen, and begins again after the last.
   * @returns {boolean} false where the screen has no value to copy
   */
  copyNext() {
    const all = this.#sections.flatMap((section) => [...section.querySelectorAll('.copy > .copy-button')]);
    const buttons = all.filter((each) => each instanceof HTMLElement && each.checkVisibility());
    if (buttons.length === 0) return false;
    /** @type {HTMLElement} */ (buttons[this.#copied % buttons.length]).click();
    this.#copied += 1;
    return true;
  }

  remove() {
    for (const form of this.#forms) form?.element.remove();
    for (const element of this.#exit.elements) element.remove();
  }

  /** Puts each where the document has its static form. */
  #insert() {
    const spots = this.#sections.map((section) => section.querySelectorAll(':scope > .node-static'));
    const last = spots[spots.length - 1];
    last[last.length - 1].after(...this.#exit.elements);
    for (const [at, form] of this.#forms.entries()) if (form) spots[at][0].after(form.element);
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
function makeExit(walked, place, give) {
  const { state, looped, current, outcome } = walked;
  const { node, key } = place;
  if (node.kind === 'question') return makeOptions(walked, place, looped && current === key ? undefined : state.answers[key], give);
  if (!isStop(place) || outcome === key) return { elements: [], options: [], take() {} };
  const take = () => give(true);
  return { elements: [makeButton('walk-continue', translate('continue'), take)], options: [], take };
}

/**
 * Where several may be chosen, buttons stay pressed and another one continues.
 * @param {Walk} walked
 * @param {Place} place
 * @param {Answer | undefined} given
 * @param {Give} give
 */
function makeOptions(walked, place, given, give) {
  const { key, node } = place;
  const chosen = chosenOptions(node, given);
  const all = node.options ?? [];
  const options = all.map((option, at) => makeOption(walked, place, at, { chosen: chosen.includes(option), give: node.multiple ? null : give }));
  const list = make('ol', { class: 'walk-options', 'aria-labelledby': `V-${key}` }, ...options.map((option) => make('li', {}, option)));
  const more = node.multiple ? makeContinue(() => all.filter((_, at) => isPressed(options[at])).map(({ id }) => id), give) : [];
  return { elements: [list, ...more], options, take: () => options[0]?.focus() };
}

/**
 * @param {Walk} walked
 * @param {Place} place
 * @param {number} at the option, from 0
 * @param {{chosen: boolean, give: Give | null}} state `give` is null where it only stays pressed
 */
function makeOption(walked, place, at, { chosen, give }) {
  const { id, label, hint, next } = (place.node.options ?? [])[at];
  const write = (/** @type {string} */ text) => makeTemplate(text, namesOf(walked, place.prefix), (name) => findInput(walked.flow, place.graph, name));
  const press = () => (give ? give(id) : button.setAttribute('aria-pressed', String(!isPressed(button))));
  const button = makeButton('walk-option', '', press);
  if (give ? chosen : true) button.setAttribute(give ? 'aria-current' : 'aria-pressed', String(chosen));
  if (at < 9) {
    button.append(make('kbd', { 'aria-hidden': 'true' }, String(at + 1)));
    button.setAttribute('aria-keyshortcuts', [String(at + 1), letterOf(label, place.node.options ?? [])].filter(Boolean).join(' '));
  }
  button.append(make('span', { class: 'walk-option-label' }, ...write(label)));
  if (hint) button.append(' ', make('span', { class: 'walk-option-hint' }, ...write(hint)));
  const target = findNode(walked.flow, place.prefix + next);
  const title = target && titleOf(walked, target);
  if (title) button.append(make('span', { class: 'walk-option-next', 'aria-hidden': 'true' }, `→ ${title}`));
  return button;
}

/**
 * `S` of *Sim* and `N` of *Não*, when no other option begins with that word.
 * @param {string} label
 * @param {Option[]} options
 */
function letterOf(label, options) {
  const [first = ''] = wordsOf(label);
  const isAlone = options.filter((option) => wordsOf(option.label)[0] === first).length === 1;
  return isAlone && YES_AND_NO.includes(first) ? first[0].toUpperCase() : '';
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
