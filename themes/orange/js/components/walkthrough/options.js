// @ts-check
/** The options of a question, as buttons with number keys. */

import { chosenOptions } from '../../logic/walk.js';
import { make, makeButton, say } from '../page.js';

/** @import { Answer, Give, Option, Place } from '../../logic/types.js' */

const TYPING = 'input:not([type="checkbox"]), select, textarea, [contenteditable]';

/**
 * Where several are taken, buttons stay pressed and another goes on.
 * @param {Place} place
 * @param {Answer | undefined} given
 * @param {Give} give
 */
export function makeOptions({ key, node }, given, give) {
  const chosen = chosenOptions(node, given);
  const all = node.options ?? [];
  const options = all.map((option, at) => makeOption(option, at, chosen.includes(option), node.multiple ? null : give));
  const list = make('ol', { class: 'walk-options', 'aria-labelledby': `${key}-title` }, ...options.map((option) => make('li', {}, option)));
  const more = node.multiple ? makeContinue(() => all.filter((_, at) => isPressed(options[at])).map(({ id }) => id), give) : [];
  return { elements: [list, ...more], options, take: () => options[0]?.focus() };
}

/**
 * 1 to 9, wherever nothing is being typed. A key held down counts once.
 * @param {(at: number) => void} press
 */
export function listenForNumbers(press) {
  document.addEventListener('keydown', ({ key, target, repeat, altKey, ctrlKey, metaKey }) => {
    if (repeat || altKey || ctrlKey || metaKey || !/^[1-9]$/.test(key)) return;
    if (target instanceof Element && !target.closest(TYPING)) press(Number(key) - 1);
  });
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
    error.textContent = ids.length === 0 ? say('choose_one') : '';
    if (ids.length > 0) give(ids);
  };
  return [error, makeButton('walk-continue', say('continue'), go)];
}

/** @param {Element} button */
function isPressed(button) {
  return button.getAttribute('aria-pressed') === 'true';
}
