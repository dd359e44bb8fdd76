// @ts-check
/** What changed on the site since this browser's last visit. Only versions of pages are stored, and only here. */

import { compareVersions } from '../logic/versions.js';
import { home, make, place, translate } from './page.js';

/** @import { Versions, Visited } from '../logic/versions.js' */

const KEY = `${place}:versions`;
const MOST = 8;

/** @param {HTMLElement} section */
export async function mount(section) {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  const now = await readVersions();
  if (!now) return;
  const visited = compareVersions(now, readVisited(), new Date().toDateString());
  try {
    localStorage.setItem(KEY, JSON.stringify(visited));
  } catch {
    return;
  }
  const { changed } = visited;
  if (changed.length === 0) return;
  const items = changed.slice(0, MOST).map((url) => make('li', {}, make('a', { href: new URL(url.slice(1), home).href }, now[url][0])));
  if (changed.length > MOST) items.push(make('li', {}, translate('changed_more', { count: String(changed.length - MOST) })));
  section.append(make('ul', {}, ...items));
  section.hidden = false;
}

/** @returns {Promise<Versions | null>} null without a network */
async function readVersions() {
  try {
    const answer = await fetch(new URL('versions.json', home));
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @returns {Visited | null} null on the first visit */
function readVisited() {
  try {
    const { versions, changed, day } = JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? {};
    return versions && Array.isArray(changed) ? { versions, changed, day } : null;
  } catch {
    return null;
  }
}
