// @ts-check
/** The page of an old address, which leads to the new one with the query and the fragment of the old. */

/** @param {HTMLElement} main */
export function mount(main) {
  const link = main.querySelector('a');
  if (!link) return;
  const target = new URL(link.href);
  target.search = location.search;
  if (location.hash) target.hash = location.hash;
  link.href = target.href;
  location.replace(target);
}
