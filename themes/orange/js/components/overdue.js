// @ts-check
/** The line of a page that is overdue for review, by the reader's own date: a build knows none. */

/** @param {HTMLElement} line */
export function mount(line) {
  const [year, month, day] = (line.dataset.due ?? '').split('-').map(Number);
  line.hidden = new Date() < new Date(year, month - 1, day + 1);
}
