// @ts-check
/** The diagram of a flow: when opened, an inline SVG with nodes as links and the walked path marked. */

import { make } from './page.js';

/** The smallest scale of the drawing; below it, the drawing scrolls. */
const SMALLEST = 0.6;

/** @param {HTMLElement} picture */
export async function mount(picture) {
  const image = picture.querySelector('img');
  const drawing = image && (await readDrawing(image.src));
  if (!drawing) return;
  const { svg, sheet } = drawing;
  const frame = make('div', { class: 'flow-diagram' });
  const root = frame.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(svg);
  svg.style.minInlineSize = `${svg.viewBox.baseVal.width * SMALLEST}px`;
  image.closest('.flow-diagram')?.replaceWith(frame);
  const walked = document.querySelector('[data-flow]');
  if (!(walked instanceof HTMLElement)) return;
  const mark = () => {
    markPath(svg, walked.dataset.path ?? '');
    showCurrent(frame, svg);
  };
  mark();
  new MutationObserver(mark).observe(walked, { attributeFilter: ['data-path'] });
}

/**
 * Null where the file cannot be read, as from a disk: the image stays.
 * @param {string} address
 */
async function readDrawing(address) {
  try {
    const text = await (await fetch(address)).text();
    const sheet = new CSSStyleSheet();
    // The page's policy blocks inline styles, also while a document is parsed.
    const bare = text.replace(/<style>([^<]*)<\/style>/, (_, style) => (sheet.replaceSync(style), ''));
    const svg = new DOMParser().parseFromString(bare, 'image/svg+xml').documentElement;
    // The role `img` would hide the links of the nodes.
    svg.setAttribute('role', 'group');
    return svg instanceof SVGSVGElement ? { svg, sheet } : null;
  } catch {
    return null;
  }
}

/**
 * @param {SVGSVGElement} svg
 * @param {string} path `node:option,option node`, the last where the walk stands
 */
function markPath(svg, path) {
  const stops = path.split(' ').map((stop) => stop.split(':'));
  const current = stops.at(-1)?.[0];
  for (const node of svg.querySelectorAll('.diagram-node')) {
    const id = node.getAttribute('data-node');
    node.toggleAttribute('data-passed', stops.some(([passed]) => passed === id));
    if (id === current) node.setAttribute('aria-current', 'step');
    else node.removeAttribute('aria-current');
  }
  for (const way of svg.querySelectorAll('.diagram-way')) {
    const [from, to, option] = ['from', 'to', 'option'].map((name) => way.getAttribute(`data-${name}`));
    const isTaken = stops.some(([node, given = ''], at) => node === from && stops[at + 1]?.[0] === to && (option === null || given.split(',').includes(option)));
    way.toggleAttribute('data-passed', isTaken);
  }
}

/**
 * Scrolls the drawing alone: the page stays where the reader is.
 * @param {HTMLElement} frame
 * @param {SVGSVGElement} svg
 */
function showCurrent(frame, svg) {
  const node = svg.querySelector('[aria-current]')?.getBoundingClientRect();
  if (!node) return;
  const seen = frame.getBoundingClientRect();
  frame.scrollBy({ left: node.left + node.width / 2 - seen.left - seen.width / 2 });
}
