// @ts-check
/** The table of contents: marks the sections above the reader, and the current one. */

/** Share of the window's height, from its top, where a heading counts as reached. */
const READING_LINE = 0.3;

/** @param {HTMLElement} nav */
export function mount(nav) {
  const links = [...nav.querySelectorAll('a')];
  const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let at = -2;
  const show = () => {
    const line = innerHeight * READING_LINE;
    const isEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const now = isEnd ? targets.length - 1 : targets.findLastIndex((target) => isReached(target, line));
    if (now === at) return;
    at = now;
    for (const [index, link] of links.entries()) {
      link.toggleAttribute('data-read', index < now);
      if (index === now) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const link = links[now];
    if (link) nav.scrollTop = Math.max(0, link.offsetTop - nav.clientHeight / 2);
  };
  let isDue = false;
  addEventListener('scroll', () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      show();
    });
  }, { passive: true });
  show();
}

/**
 * What a closed section hides has no place in the page.
 * @param {HTMLElement | null} target
 * @param {number} line
 */
function isReached(target, line) {
  return target !== null && target.getBoundingClientRect().top <= line && !target.parentElement?.closest('details:not([open])');
}
