// @ts-check
/** Versions of pages: what differs from those of the last visit. */

/** @typedef {Record<string, [title: string, version: string]>} Versions   by route */
/** @typedef {{versions: Record<string, string>, changed: string[], day: string}} Visited   `changed` has what was found on that day */

/**
 * What to store now. What changed stays listed until the end of the day on which it was found.
 * @param {Versions} now
 * @param {Visited | null} visited null on the first visit
 * @param {string} day
 * @returns {Visited}
 */
export function compareVersions(now, visited, day) {
  const versions = Object.fromEntries(Object.entries(now).map(([url, [, version]]) => [url, version]));
  if (!visited) return { versions, changed: [], day };
  const before = new Set(visited.day === day ? visited.changed : []);
  const changed = Object.keys(now).filter((url) => before.has(url) || visited.versions[url] !== versions[url]);
  return { versions, changed, day };
}
