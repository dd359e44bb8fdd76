// @ts-check
/** The sections behind "more": Escape, a click elsewhere and a focus elsewhere close them. */

/** @param {HTMLElement} details */
export function mount(details) {
  if (!(details instanceof HTMLDetailsElement)) return;
  const close = (/** @type {EventTarget | null} */ at) => {
    if (at instanceof Node && !details.contains(at)) details.open = false;
  };
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  });
  details.addEventListener('focusout', ({ relatedTarget }) => close(relatedTarget));
  document.addEventListener('click', ({ target }) => close(target));
}
