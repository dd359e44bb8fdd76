// @ts-check
/** The last visited pages. Only titles and addresses of the site are stored, never typed values. */

import { home, place } from './page.js';

const KEY = `${place}:visits`;
const MOST = 6;

/** @typedef {{title: string, url: string}} Visit   the address is relative to the home page */

/** The last visited pages, the latest first. @returns {Visit[]} */
export function readVisits() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(({ title, url }) => typeof title === 'string' && typeof url === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberPage() {
  const url = location.pathname.slice(home.pathname.length);
  const title = document.querySelector('h1')?.textContent?.trim();
  if (url === '' || !title || document.querySelector('meta[name="robots"]') || document.documentElement.hasAttribute('data-embed')) return;
  const visits = [{ title, url }, ...readVisits().filter((visit) => visit.url !== url)];
  try {
    localStorage.setItem(KEY, JSON.stringify(visits.slice(0, MOST)));
  } catch {
    // Without storage there is no list.
  }
}
