// @ts-check
/** The frame around the nodes: the trail of answers and the bar. */

import { stopBefore } from '../../logic/answers.js';
import { abandoned } from '../../logic/changes.js';
import { findNode } from '../../logic/flow.js';
import { titleOf, trail } from '../../logic/record.js';
import { announce, make, makeButton, statusRegion, translate } from '../page.js';
import { tools } from './tools.js';

/** @import { Steering, Stop, Walk } from '../../logic/types.js' */

/** Where the desk has its columns: `css/components/desk.css`. */
const WIDE = '(width >= 75rem) and (height >= 30rem)';

/** @param {Steering} steering */
export function makeFrame({ goTo, back, restart, showWhole, openTool }) {
  const stops = makeTrail(goTo);
  const backButton = makeButton('walk-back', translate('back'), back);
  const wholeButton = makeButton('walk-document', translate('document'), showWhole);
  const toolButtons = tools.map(({ name }) => makeButton(`walk-${name}`, translate(`tool_${name}`), () => openTool(name)));
  const flowName = make('span', { class: 'walk-flow', 'aria-hidden': 'true' });
  const bar = make('div', { class: 'walk-bar' }, backButton, flowName, ...toolButtons, wholeButton, makeButton('walk-restart', translate('restart'), restart));
  const line = make('p', { class: 'walk-notice' });
  return {
    element: make('div', { class: 'walk' }, bar, line, statusRegion()),
    trail: stops.element,
    /** @param {string} notice shown until the next node */
    showNotice(notice) {
      line.textContent = notice;
      line.hidden = notice === '';
      if (notice) announce(notice);
    },
    /**
     * @param {Walk} walked
     * @param {string} key the node shown
     * @param {boolean} whole
     * @param {string} notice
     */
    show(walked, key, whole, notice) {
      stops.show(walked, key);
      flowName.textContent = walked.flow.title;
      this.showNotice(notice);
      backButton.disabled = stopBefore(walked, key) === null;
      wholeButton.setAttribute('aria-pressed', String(whole));
    },
  };
}

/**
 * Renders again only from the first stop that changed: a long path costs nothing.
 * @param {Steering['goTo']} goTo
 */
function makeTrail(goTo) {
  const start = make('li', { class: 'walk-start' });
  const here = make('li', { class: 'walk-here' });
  const list = make('ol', { class: 'walk-stops' }, start);
  const aside = make('div', { class: 'walk-aside' });
  const count = make('span', { class: 'expand-control-text' });
  const nav = make('nav', { 'aria-label': translate('trail') }, list, aside);
  const element = make('details', { class: 'walk-trail' }, make('summary', {}, count), nav);
  const wide = matchMedia(WIDE);
  const open = () => (element.open = wide.matches);
  wide.addEventListener('change', open);
  open();
  /** @type {ReturnType<typeof makeStop>[]} */
  let present = [];
  /**
   * @param {Walk} walked
   * @param {string} shown
   */
  const show = (walked, shown) => {
    const stops = trail(walked);
    const changed = stops.findIndex((stop, at) => JSON.stringify(stop) !== present[at]?.json);
    const kept = present.slice(0, changed < 0 ? stops.length : changed);
    for (const { item } of present.slice(kept.length)) item.remove();
    present = [...kept, ...stops.slice(kept.length).map((stop) => makeStop(stop, goTo))];
    list.append(...present.slice(kept.length).map(({ item }) => item), here);
    for (const { button } of present) button.removeAttribute('aria-current');
    present.find(({ key }) => key === shown)?.button.setAttribute('aria-current', 'step');
    showHere(here, walked);
    start.textContent = startText(walked);
    start.hidden = start.textContent === '';
    const left = abandoned(walked);
    aside.replaceChildren(...makeAbandoned(left));
    count.textContent = translate('trail_count', { count: String(present.length) });
    element.hidden = start.hidden && present.length + left.length === 0;
    nav.scrollTop = nav.scrollHeight;
  };
  return { element, show };
}

/**
 * Answers that no longer count, struck through; they count again on their old path.
 * @param {Stop[]} stops
 */
function makeAbandoned(stops) {
  if (stops.length === 0) return [];
  const items = stops.map(({ title, answer, typed }) => make('li', {}, make('del', {}, `${title || translate('form')} `, make('strong', {}, answer || typed || translate('done')))));
  return [make('p', {}, translate('abandoned')), make('ol', {}, ...items)];
}

/**
 * The place where the walk stands.
 * @param {HTMLElement} here
 * @param {Walk} walked
 */
function showHere(here, walked) {
  const place = findNode(walked.flow, walked.current);
  here.textContent = (place && titleOf(walked, place)) || translate('form');
  const result = walked.outcome === null ? null : place?.node.result;
  if (result) here.setAttribute('data-result', result);
  else here.removeAttribute('data-result');
}

/** @param {Walk} walked */
function startText(walked) {
  const place = walked.state.start === null ? null : findNode(walked.flow, walked.state.start);
  return place ? translate('started', { title: titleOf(walked, place) }) : '';
}

/**
 * @param {Stop} stop
 * @param {Steering['goTo']} goTo
 */
function makeStop(stop, goTo) {
  const { key, title, answer, typed } = stop;
  const button = makeButton('walk-answer', '', () => goTo(key));
  button.append(make('span', { class: 'walk-question' }, title || translate('form')), ' ', make('strong', {}, answer || typed || translate('done')));
  return { key, json: JSON.stringify(stop), item: make('li', {}, button), button };
}
