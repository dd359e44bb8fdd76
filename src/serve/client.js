// @ts-check
/**
 * The client of the preview. The server inserts it into the pages that it serves; `vereda build` never does.
 *
 * The server sends `hello`, `scenarios`, `built`, `css`, `reload` and `findings` (src/serve/session.rs). A page is loaded again only when its
 * own output, or something it loaded, changed; it keeps its scroll, its open sections and its focus.
 */

/**
 * @typedef {'error' | 'warning' | 'note'} Severity
 * @typedef {{severity: Severity, opens: boolean, title: string, text: string, editor: string | null}} Finding
 * @typedef {Record<'heading' | 'note' | 'stale' | 'close' | 'editor' | 'elsewhere' | 'site' | 'more' | 'stopped', string>
 *   & {counts: Record<Severity, [string, string]>}} Words
 * @typedef {{language: string, words: Words, is_stale: boolean, site: Finding[], pages: Record<string, Finding[]>, more: number}} Findings
 * @typedef {{passed: boolean, text: string, visited: string}} Tally
 * @typedef {{language: string, all: Tally | null, flows: Record<string, Tally>}} Results
 * @typedef {{x: number, y: number, sections: [string, boolean][], focus: string | null}} Place
 */

const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src="/__vereda/client.js"]'));
/** A page of the site. A page served before the first build has no build id. */
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

// --- The panel of findings

const COLOURS = 'color: #f5efe9; background: #1b1714;';

const PANEL_STYLE = `
  :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; color-scheme: dark; }
  section { box-sizing: border-box; max-height: 50vh; overflow: auto; padding: 1rem; ${COLOURS} border-top: 2px solid #ff8000;
            font: 16px/1.5 system-ui, sans-serif; }
  section > * { max-width: 72rem; margin-inline: auto; }
  header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
  h2 { margin-block: 0; font-size: 1.25rem; } h3 { margin-block: 1.5rem 0; font-size: 1rem; } p { margin-block: 0; color: #d8cdc3; }
  h4 { margin-block: 1rem .25rem; font-size: 1rem; color: #ffb366; overflow-wrap: anywhere; }
  h4[data-severity="note"] { color: #9ec9ff; } h4[data-severity="error"] { color: #ff9fb2; }
  pre { margin-block: 0 .25rem; overflow-x: auto; font: .875rem/1.5 ui-monospace, monospace; }
  a { color: #ffb366; } section > a { display: block; }
  button { flex: none; font: inherit; padding: .25rem .75rem; color: inherit; background: none; border: 1px solid; border-radius: .25rem; cursor: pointer; }
  :focus-visible { outline: 2px solid #ff8000; outline-offset: 2px; }
  @media print { :host { display: none; } }`;

const BADGE_STYLE = `
  :host { all: initial; position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; color-scheme: dark; }
  :host(vereda-findings) { inset: auto auto 1rem 1rem; }
  :host(vereda-stopped) { inset: 1rem auto auto 50%; translate: -50% 0; }
  button, p { box-sizing: border-box; max-width: calc(100vw - 2rem); margin: 0; padding: .5rem .75rem; ${COLOURS} border: 1px solid #7a6f66;
           border-inline-start: .375rem solid #7fd09c; border-radius: .25rem; font: 14px/1.4 system-ui, sans-serif; text-align: start; }
  button { cursor: pointer; }
  [data-severity="error"], [data-failed] { border-inline-start-color: #ff8ba3; }
  [data-severity="warning"] { border-inline-start-color: #ffb366; }
  [data-severity="note"] { border-inline-start-color: #9ec9ff; }
  :focus-visible { outline: 2px solid #ff8000; outline-offset: 2px; }
  strong, span { display: block; } span { color: #d8cdc3; }
  @media print { :host { display: none; } }`;

/** @type {Severity[]} */
const SEVERITIES = ['error', 'warning', 'note'];

/** @type {Findings | null} */
let findings = null;
/** @type {HTMLElement | null} */
let panel = null;
/** @type {HTMLElement | null} */
let badge = null;

/**
 * An element with text, which is never read as HTML.
 * @param {string} name
 * @param {...(string | Node)} children
 */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/**
 * A host element with a style of its own, in a form that the policy of the pages allows.
 * @param {string} name
 * @param {string} language
 * @param {string} style
 * @param {Node} content
 */
function show(name, language, style, content) {
  const host = element(name);
  host.lang = language;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.append(content);
  document.documentElement.append(host);
  return host;
}

/** The address of this page, as the findings name it. */
const route = () => pathOf(script.dataset.route ?? location.href).replace(/index\.html$/, '');

/** The findings about this page, and about the whole site. */
const ownFindings = () => [...(findings?.pages[route()] ?? []), ...(findings?.site ?? [])];

/** What the reader put aside on this page: it opens again when the findings are others. */
const asideKey = () => `vereda-aside:${route()}`;
const openingKey = () => JSON.stringify(ownFindings().filter(({ opens }) => opens).map(({ title, text }) => [title, text]));

function wasPutAside() {
  try {
    return sessionStorage.getItem(asideKey()) === openingKey();
  } catch {
    return false;
  }
}

/** @param {Finding} finding */
function itemOf({ severity, title, text, editor }) {
  const heading = element('h4', title);
  heading.dataset.severity = severity;
  const nodes = [heading, element('pre', text)];
  if (editor) {
    const link = /** @type {HTMLAnchorElement} */ (element('a', findings?.words.editor ?? ''));
    link.href = editor;
    nodes.push(link);
  }
  return nodes;
}

/**
 * The findings of another page, under a link to it.
 * @param {[string, Finding[]]} entry
 */
function pageItem([address, found]) {
  const link = /** @type {HTMLAnchorElement} */ (element('a', address));
  link.href = encodeURI(address);
  return [element('h3', link, ` (${countText(found)})`), ...found.flatMap(itemOf)];
}

/** @param {Finding[]} found */
function countText(found) {
  const counts = SEVERITIES.map((severity) => {
    const count = found.filter((finding) => finding.severity === severity).length;
    const [one, many] = findings?.words.counts[severity] ?? ['', ''];
    return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
  });
  return counts.filter(Boolean).join(' · ');
}

function openPanel() {
  closePanel();
  if (!findings) return;
  const { words, language, pages, site, more } = findings;
  const button = element('button', words.close);
  button.addEventListener('click', putAside);
  const own = pages[route()] ?? [];
  const others = Object.entries(pages).filter(([address]) => address !== route());
  const note = findings.is_stale ? words.stale : words.note;
  const hasError = ownFindings().some(({ severity }) => severity === 'error');
  const heading = element('hgroup', element('h2', words.heading), element('p', hasError ? note : ''));
  const section = element('section', element('header', heading, button), ...own.flatMap(itemOf));
  if (site.length > 0) section.append(element('h3', words.site), ...site.flatMap(itemOf));
  if (others.length > 0) section.append(element('h3', words.elsewhere), ...others.flatMap(pageItem));
  if (more > 0) section.append(element('p', words.more));
  section.setAttribute('role', 'alert');
  section.tabIndex = 0;
  panel = show('vereda-failure', language, PANEL_STYLE, section);
}

function closePanel() {
  panel?.remove();
  panel = null;
}

function putAside() {
  try {
    sessionStorage.setItem(asideKey(), openingKey());
  } catch {
    // Without storage it opens again on the next page.
  }
  closePanel();
}

/** @param {Findings} next */
function showFindings(next) {
  const wasOpen = panel !== null;
  findings = next;
  badge?.remove();
  badge = null;
  const all = [...next.site, ...Object.values(next.pages).flat()];
  if (all.length === 0) return closePanel();
  const own = ownFindings();
  const button = element('button', element('strong', countText(own.length > 0 ? own : all)));
  if (own.length < all.length) {
    const others = Object.entries(next.pages).filter(([address]) => address !== route()).flatMap(([, found]) => found);
    button.replaceChildren(element('strong', countText(own)), element('span', `${next.words.elsewhere}: ${countText(others)}`));
  }
  button.dataset.severity = SEVERITIES.find((severity) => own.some((finding) => finding.severity === severity)) ?? 'note';
  button.addEventListener('click', () => (panel ? putAside() : openPanel()));
  badge = show('vereda-findings', next.language, BADGE_STYLE, button);
  const opens = own.some((finding) => finding.opens);
  if (opens && (wasOpen || !wasPutAside())) openPanel();
  else closePanel();
}

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !panel) return;
  event.stopImmediatePropagation();
  putAside();
}, { capture: true });

// --- A server that stopped

/** In milliseconds: a server that restarts is back earlier. */
const GRACE = 1000;
/** @type {HTMLElement | null} */
let stopped = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stopping;

function showStopped() {
  if (stopping !== undefined || stopped || !findings) return;
  const { words, language } = findings;
  stopping = setTimeout(() => {
    const text = element('p', words.stopped);
    text.setAttribute('role', 'alert');
    text.dataset.severity = 'error';
    stopped = show('vereda-stopped', language, BADGE_STYLE, text);
  }, GRACE);
}

function hideStopped() {
  clearTimeout(stopping);
  stopping = undefined;
  stopped?.remove();
  stopped = null;
}

// --- The scenarios

/** @type {HTMLElement | null} */
let scenarios = null;

/**
 * Of the shown flow, else of the site; a press removes it until the next build.
 * @param {Results} results
 */
function showScenarios({ language, all, flows }) {
  scenarios?.remove();
  const tally = flows[route()] ?? all;
  if (!tally) return;
  const button = element('button', element('strong', tally.text), element('span', tally.visited));
  button.toggleAttribute('data-failed', !tally.passed);
  button.addEventListener('click', () => scenarios?.remove());
  scenarios = show('vereda-scenarios', language, BADGE_STYLE, button);
}

// --- What a published site left on this address

navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((registration) => registration.unregister()));

// --- Messages

/** @type {Record<string, (data: any) => void>} */
const handlers = {
  /** @param {{build: string | null, findings: Findings, scenarios: Results}} hello */
  hello(hello) {
    if (!isPage) {
      if (hello.build) reload();
      return;
    }
    hideStopped();
    showScenarios(hello.scenarios);
    showFindings(hello.findings);
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
    if (!isPage) reload();
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
    if (routes.some((changed) => own.has(changed))) reload();
  },

  /** @param {Findings} next */
  findings(next) {
    if (isPage) showFindings(next);
    else reload();
  },

  lost: showStopped,
};

// --- One event stream for all tabs
//
// A browser keeps six connections to a server of HTTP/1.1. The tab that has the lock subscribes, and passes every message on to
// the others. Where the lock is not available (a server of the network without HTTPS), each tab subscribes.

const SHARED = 'vereda-preview';
/** In milliseconds: until a refused stream is requested again. */
const RETRY = 1000;

/** @type {AbortController | null} */
let listening = null;
/** @type {EventSource | null} */
let source = null;
/** @type {BroadcastChannel | null} */
let channel = null;
/** How many messages came: a state that was requested before the last one is not the present state. */
let received = 0;

/**
 * @param {string} name
 * @param {string} text
 */
function receive(name, text) {
  received += 1;
  handlers[name]?.(JSON.parse(text));
}

/**
 * @param {string} name
 * @param {string} text
 */
function passOn(name, text) {
  channel?.postMessage({ name, text });
  receive(name, text);
}

/** Subscribes, and tries again until the tab is hidden. */
function subscribe() {
  const own = new EventSource('/__vereda/events');
  source = own;
  for (const name of Object.keys(handlers)) {
    own.addEventListener(name, (event) => passOn(name, event.data));
  }
  own.addEventListener('error', () => {
    passOn('lost', 'null');
    if (own.readyState === EventSource.CLOSED) setTimeout(() => source === own && subscribe(), RETRY);
  });
}

/** Requests the state, which the tab that subscribes received before this tab was there. */
async function greet() {
  const before = received;
  try {
    const answer = await fetch('/__vereda/state', { cache: 'no-store' });
    const text = await answer.text();
    if (received === before && listening) receive('hello', text);
  } catch {
    // The tab that subscribes reports a server that stopped.
  }
}

function listen() {
  if (listening) return;
  listening = new AbortController();
  const { signal } = listening;
  if (!navigator.locks) return subscribe();
  channel = new BroadcastChannel(SHARED);
  channel.addEventListener('message', ({ data }) => receive(data.name, data.text));
  greet();
  const hold = () => {
    subscribe();
    return new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  navigator.locks.request(SHARED, { signal }, hold).catch(() => {});
}

function stopListening() {
  listening?.abort();
  source?.close();
  channel?.close();
  listening = source = channel = null;
}

// A hidden tab lets another subscribe; when it is shown, the state reports what changed.
document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
addEventListener('pagehide', stopListening);
addEventListener('pageshow', () => document.hidden || listen());

try {
  restore();
} catch {
  // A place that cannot be read is no place.
}
if (!document.hidden) listen();
