// @ts-check
/** Zoom and pan of the diagram: buttons, keys, the wheel with Ctrl, and dragging. A finger scrolls it without a script. */

import { make, makeButton, translate } from '../page.js';

/** Scales of the drawing. At the smallest, a label of 13 px has 12 px; a wider drawing scrolls. */
const SMALLEST = 12 / 13;
const LARGEST = 3;
const SCALES = [SMALLEST, 1, 1.25, 1.5, 2, LARGEST];
/** Pixels that a press moves before it is a drag. */
const DRAG = 4;

/**
 * @param {HTMLElement} frame the element that scrolls
 * @param {SVGSVGElement} svg
 * @returns {HTMLElement} the buttons
 */
export function addZoom(frame, svg) {
  const { width } = svg.viewBox.baseVal;
  let scale = 0;
  let isFitted = true;
  const shown = make('output');

  /**
   * @param {number} next
   * @param {{clientX: number, clientY: number}} [point] that stays where it is; without it, the centre
   */
  const setScale = (next, point) => {
    const box = frame.getBoundingClientRect();
    const [x, y] = point ? [point.clientX - box.left, point.clientY - box.top] : [box.width / 2, box.height / 2];
    const grown = scale ? next / scale : 1;
    const [left, top] = [(frame.scrollLeft + x) * grown - x, (frame.scrollTop + y) * grown - y];
    scale = next;
    svg.style.inlineSize = `${width * scale}px`;
    frame.scrollTo({ left, top });
    shown.textContent = `${Math.round(scale * 100)} %`;
    smaller.disabled = scale <= SMALLEST;
    larger.disabled = scale >= LARGEST;
  };
  const fit = () => {
    isFitted = true;
    setScale(Math.min(1, Math.max(SMALLEST, frame.clientWidth / width)));
  };
  /** @param {number} next @param {{clientX: number, clientY: number}} [point] */
  const zoom = (next, point) => {
    isFitted = false;
    setScale(Math.min(LARGEST, Math.max(SMALLEST, next)), point);
  };
  /** @param {number} direction of the next scale */
  const step = (direction) => {
    const next = direction > 0 ? SCALES.find((each) => each > scale + 0.001) : SCALES.findLast((each) => each < scale - 0.001);
    if (next) zoom(next);
  };

  const smaller = makeButton('diagram-tool', '−', () => step(-1));
  smaller.setAttribute('aria-label', translate('zoom_out'));
  const larger = makeButton('diagram-tool', '+', () => step(1));
  larger.setAttribute('aria-label', translate('zoom_in'));
  new ResizeObserver(() => isFitted && fit()).observe(frame);
  fit();
  frame.addEventListener('keydown', (event) => zoomByKey(event, step, fit));
  frame.addEventListener('wheel', (event) => zoomByWheel(event, (factor) => zoom(scale * factor, event)), { passive: false });
  panByDrag(frame);
  return make('div', { class: 'diagram-tools', role: 'group', 'aria-label': translate('zoom') }, smaller, shown, larger, makeButton('diagram-tool', translate('zoom_fit'), fit));
}

/**
 * The arrow keys scroll the frame without a script.
 * @param {KeyboardEvent} event
 * @param {(direction: number) => void} step
 * @param {() => void} fit
 */
function zoomByKey(event, step, fit) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '0') fit();
  else if (event.key === '+' || event.key === '=') step(1);
  else if (event.key === '-') step(-1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * The wheel with Ctrl, or two fingers on a touchpad.
 * @param {WheelEvent} event
 * @param {(factor: number) => void} enlarge
 */
function zoomByWheel(event, enlarge) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  enlarge(2 ** (-event.deltaY / 200));
}

/**
 * With a mouse. The click at the end of a drag follows no link.
 * @param {HTMLElement} frame
 */
function panByDrag(frame) {
  /** @type {{x: number, y: number} | null} */
  let last = null;
  let moved = 0;
  frame.addEventListener('pointerdown', ({ pointerType, button, clientX, clientY }) => {
    moved = 0;
    last = pointerType === 'mouse' && button === 0 ? { x: clientX, y: clientY } : null;
  });
  addEventListener('pointermove', ({ clientX, clientY, buttons }) => {
    if (!last || buttons !== 1) return;
    moved += Math.abs(clientX - last.x) + Math.abs(clientY - last.y);
    if (moved > DRAG) frame.scrollBy({ left: last.x - clientX, top: last.y - clientY });
    last = { x: clientX, y: clientY };
  });
  addEventListener('pointerup', () => (last = null));
  frame.addEventListener('dragstart', (event) => event.preventDefault());
  frame.addEventListener('click', (event) => moved > DRAG && event.preventDefault(), { capture: true });
}
