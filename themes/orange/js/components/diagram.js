// @ts-check
/** The diagram of a flow: when opened, an inline SVG that can be zoomed and panned, with the walked path marked. */

import { followPath } from './diagram/path.js';
import { addZoom } from './diagram/zoom.js';
import { make, translate } from './page.js';

/** @param {HTMLElement} picture */
export async function mount(picture) {
  const image = picture.querySelector('img');
  const drawing = image && (await readDrawing(image.src));
  if (!drawing) return;
  const { svg, sheet } = drawing;
  const frame = make('div', { class: 'flow-diagram', tabindex: '0', role: 'region', 'aria-label': translate('diagram_region') });
  const root = frame.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(svg);
  const pictureFrame = image.closest('.flow-diagram');
  const isFocused = pictureFrame === document.activeElement;
  pictureFrame?.replaceWith(frame);
  frame.before(addZoom(frame, svg));
  if (isFocused) frame.focus();
  const walked = document.querySelector('.walkthrough[data-flow]');
  if (walked instanceof HTMLElement) followPath(walked, frame, svg);
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
