// @ts-check
/**
 * The client of the preview. The server inserts it into the pages that it serves; `vereda build` never does.
 *
 * The server sends `hello`, `scenarios`, `built`, `css`, `reload` and `failure` (src/serve/session.rs). A page is loaded again only when its
 * own output, or something it loaded, changed; it keeps its scroll, its open sections and its focus.
 */

/**
 * @typedef {{severity: string, title: string, text: string}} Finding
 * @typedef {{language: string, title: string, note: string, close: string, findings: Finding[]}} Failure
 * @typedef {{passed: boolean, text: string, visited: string}} Tally
 * @typedef {{language: string, all: Tally | null, flows: Record<string, Tally>}} Results
 * @typedef {{x: number, y: number, sections: [string, boolean][], focus: string | null}} Place
 */

const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src="/__vereda/client.js"]'));
/** The page is a good one: what stands for a failed first build has no build. */
const isPage = script.dataset.build !== undefined;
/** The build this page knows of. */
let build = script.dataset.build;
/** The version of this page. */
let version = script.dataset.version;
/** In milliseconds: after so long a page has its final height. */
const SETTLING = 1500;
const memory = `vereda-preview:${location.pathname}`;
document.documentElement.dataset.preview = '';

// --- The place of the reader, kept over a reload

/**
 * Names each section so that it is found again after the text around it has changed.
 * @returns {[string, HTMLDetailsElement][]}
 */
function sections() {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return [...document.querySelectorAll('details')].map((details) => {
    const name = details.id || details.querySelector('summary')?.textContent?.trim() || '';
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [`${name}#${count}`, details];
  });
}

/**
 * A selector of an element: from the nearest id downwards.
 * @param {Element | null} element
 * @returns {string | null}
 */
function selectorOf(element) {
  if (!element || element === document.body || element === document.documentElement) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const parent = element.parentElement;
  if (!parent) return null;
  const index = [...parent.children].indexOf(element) + 1;
  return `${selectorOf(parent) ?? 'body'} > :nth-child(${index})`;
}

function reload() {
  /** @type {Place} */
  const place = {
    x: scrollX,
    y: scrollY,
    sections: sections().map(([name, details]) => [name, details.open]),
    focus: selectorOf(document.activeElement),
  };
  try {
    sessionStorage.setItem(memory, JSON.stringify(place));
    // The browser would go back by what it saw at the top, which may have moved.
    history.scrollRestoration = 'manual';
  } catch {
    // Without storage the page is reloaded all the same.
  }
  location.reload();
}

function restore() {
  const stored = sessionStorage.getItem(memory);
  if (!stored) return;
  sessionStorage.removeItem(memory);
  history.scrollRestoration = 'auto';
  /** @type {Place} */
  const place = JSON.parse(stored);
  const open = new Map(place.sections);
  for (const [name, details] of sections()) {
    details.open = open.get(name) ?? details.open;
  }
  const focused = place.focus && document.querySelector(place.focus);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  const back = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
  back();
  keep(back);
}

/**
 * Goes back again while the page still grows (pictures, what its own scripts do), until the reader moves.
 * @param {() => void} back
 */
function keep(back) {
  const observer = new ResizeObserver(back);
  const stop = () => observer.disconnect();
  observer.observe(document.documentElement);
  observer.observe(document.body);
  for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    addEventListener(type, stop, { once: true, capture: true, passive: true });
  }
  addEventListener('load', () => requestAnimationFrame(back), { once: true });
  setTimeout(stop, SETTLING);
}

// --- What changed

/** @param {string} address */
function pathOf(address) {
  const { pathname } = new URL(address, location.href);
  try {
    return decodeURIComponent(pathname).normalize('NFC');
  } catch {
    return pathname;
  }
}

/** The paths of this page and of everything it loaded. */
function ownPaths() {
  const page = pathOf(location.href);
  const loaded = performance.getEntriesByType('resource').map((entry) => pathOf(entry.name));
  return new Set([page, page.replace(/index\.html$/, ''), script.dataset.route ?? page, ...loaded]);
}

/** The version of this page that the server has now; undefined when it cannot be asked. */
async function currentVersion() {
  try {
    const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return answer.headers.get('ETag')?.replaceAll('"', '');
  } catch {
    return undefined;
  }
}

async function reloadIfStale() {
  const current = await currentVersion();
  if (current !== undefined && current !== version) reload();
}

/**
 * Puts a new style sheet beside the old one, which goes when the new one is there, so that the page is never without.
 * @param {string} from
 * @param {string} to
 */
function restyle(from, to) {
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="stylesheet"]'));
  const old = [...links].filter((link) => pathOf(link.href) === from);
  for (const link of old) {
    const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
    next.href = from === to ? `${encodeURI(to)}?${build}` : encodeURI(to);
    next.addEventListener('load', () => link.remove(), { once: true });
    next.addEventListener('error', reload, { once: true });
    link.after(next);
  }
  // Imported by another style sheet: there is no link to exchange.
  if (old.length === 0 && ownPaths().has(from)) reload();
}

// --- The overlay

const STYLE = `
  :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; color-scheme: dark; }
  div { box-sizing: border-box; height: 100%; overflow: auto; padding: 2rem 1rem; background: rgb(27 23 20 / .94);
        color: #f5efe9; font: 16px/1.5 system-ui, sans-serif; }
  section { max-width: 72rem; margin: 0 auto; }
  header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; border-bottom: 2px solid #ff8000; }
  h1 { margin: 0; font-size: 1.5rem; } header p { margin: 0 0 1rem; color: #d8cdc3; }
  h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; color: #ffb366; overflow-wrap: anywhere; }
  pre { margin: 0; overflow-x: auto; font: .875rem/1.5 ui-monospace, monospace; }
  button { font: inherit; padding: .25rem .75rem; color: inherit; background: none; border: 1px solid; border-radius: .25rem; cursor: pointer; }
  button:focus-visible { outline: 2px solid #ff8000; outline-offset: 2px; }
  @media print { :host { display: none; } }`;

/** @type {HTMLElement | null} */
let overlay = null;

/**
 * An element with text, which is never taken for HTML.
 * @param {string} name
 * @param {...(string | Node)} children
 */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/**
 * What the page's own style does not reach, in a form that the policy of the pages lets through.
 * @param {HTMLElement} host
 * @param {string} style
 */
function shadow(host, style) {
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  return root;
}

/** @param {Failure} failure */
function showOverlay(failure) {
  hideOverlay();
  const button = element('button', failure.close);
  button.addEventListener('click', hideOverlay);
  const heading = element('hgroup', element('h1', failure.title), element('p', failure.note));
  const findings = failure.findings.flatMap(({ title, text }) => [element('h2', title), element('pre', text)]);
  const box = element('div', element('section', element('header', heading, button), ...findings));
  box.setAttribute('role', 'alert');
  overlay = element('vereda-failure');
  overlay.lang = failure.language;
  shadow(overlay, STYLE).append(box);
  document.documentElement.append(overlay);
}

function hideOverlay() {
  overlay?.remove();
  overlay = null;
}

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !overlay) return;
  event.stopImmediatePropagation();
  hideOverlay();
}, { capture: true });

// --- The scenarios

const BADGE_STYLE = `
  :host { all: initial; position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; color-scheme: dark; }
  button { max-width: calc(100vw - 2rem); padding: .5rem .75rem; color: #f5efe9; background: #1b1714; border: 1px solid #7a6f66;
           border-inline-start: .375rem solid #7fd09c; border-radius: .25rem; font: 14px/1.4 system-ui, sans-serif; text-align: start; cursor: pointer; }
  button[data-failed] { border-inline-start-color: #ff8ba3; }
  button:focus-visible { outline: 2px solid #ff8000; outline-offset: 2px; }
  strong, span { display: block; } span { color: #d8cdc3; }
  @media print { :host { display: none; } }`;

/** @type {HTMLElement | null} */
let badge = null;

/**
 * Of the flow that is shown, else of the site; a press puts it away until the next build.
 * @param {Results} results
 */
function showScenarios({ language, all, flows }) {
  badge?.remove();
  const tally = flows[pathOf(script.dataset.route ?? location.href)] ?? all;
  if (!tally) return;
  const button = element('button', element('strong', tally.text), element('span', tally.visited));
  button.toggleAttribute('data-failed', !tally.passed);
  button.addEventListener('click', () => badge?.remove());
  badge = element('vereda-scenarios');
  badge.lang = language;
  shadow(badge, BADGE_STYLE).append(button);
  document.documentElement.append(badge);
}

// --- What a published site left on this address

navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((registration) => registration.unregister()));

// --- Listening

/** @type {Record<string, (data: any) => void>} */
const handlers = {
  /** @param {{build: string | null, failure: Failure | null, scenarios: Results}} hello */
  hello(hello) {
    if (!isPage) {
      if (hello.build) reload();
      return;
    }
    showScenarios(hello.scenarios);
    if (hello.failure) showOverlay(hello.failure);
    else hideOverlay();
    if (hello.build && hello.build !== build) {
      build = hello.build;
      reloadIfStale();
    }
  },

  /** @param {Results} results */
  scenarios(results) {
    if (isPage) showScenarios(results);
  },

  /** @param {{build: string}} built */
  built(built) {
    build = built.build;
    if (isPage) hideOverlay();
    else reload();
  },

  /** @param {{styles: {from: string, to: string}[]}} css */
  async css({ styles }) {
    for (const { from, to } of styles) restyle(from, to);
    version = (await currentVersion()) ?? version;
  },

  /** @param {{routes: string[] | null}} changed */
  reload({ routes }) {
    if (!routes) return void reloadIfStale();
    const own = ownPaths();
    if (routes.some((route) => own.has(route))) reload();
  },

  /** @param {Failure} failure */
  failure(failure) {
    if (isPage) showOverlay(failure);
    else reload();
  },
};

/** @type {EventSource | null} */
let source = null;

function listen() {
  if (source) return;
  source = new EventSource('/__vereda/events');
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
}

function stopListening() {
  source?.close();
  source = null;
}

// A browser keeps few connections to a server. A hidden page ends its own; when it is shown, the greeting reports what changed.
document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
addEventListener('pagehide', stopListening);
addEventListener('pageshow', () => document.hidden || listen());

try {
  restore();
} catch {
  // A place that cannot be read is no place.
}
if (!document.hidden) listen();
