// @ts-check
/** The path of a walk in the diagram: walked edges, passed nodes, and the node where the walk stands. */

/**
 * @param {HTMLElement} walked its `data-path` is the path
 * @param {HTMLElement} frame
 * @param {SVGSVGElement} svg
 */
export function followPath(walked, frame, svg) {
  const mark = () => {
    markPath(svg, walked.dataset.path ?? '');
    showCurrent(frame, svg);
  };
  mark();
  new MutationObserver(mark).observe(walked, { attributeFilter: ['data-path'] });
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
  const firstNode = svg.querySelector('.diagram-node');
  for (const way of svg.querySelectorAll('.diagram-way')) {
    const [from, to, option] = ['from', 'to', 'option'].map((name) => way.getAttribute(`data-${name}`));
    const isTaken = stops.some(([node, given = ''], at) => node === from && stops[at + 1]?.[0] === to && (option === null || given.split(',').includes(option)));
    way.toggleAttribute('data-passed', isTaken);
    // Walked edges cover the others where they meet.
    if (isTaken) svg.insertBefore(way, firstNode);
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
  const middle = { left: node.left + node.width / 2 - seen.left, top: node.top + node.height / 2 - seen.top };
  frame.scrollBy({ left: middle.left - seen.width / 2, top: middle.top - seen.height / 2 });
}
