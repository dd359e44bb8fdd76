// @ts-check
/** The site without a network: says which version is shown, and offers a new one without leaving this. */

import { make, say } from './page.js';

/** In milliseconds: a page that stays open asks so often for a new version. */
const PATIENCE = 3_600_000;

/** @param {string} address of the service worker */
export async function start(address) {
  const { serviceWorker } = navigator;
  let shown = serviceWorker.controller;
  let asked = false;
  serviceWorker.oncontrollerchange = () => {
    if (asked) location.reload();
    else if (shown) offer();
    else showVersion((shown = serviceWorker.controller));
  };
  showVersion(shown);
  const registration = await serviceWorker.register(address, { updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  registration.onupdatefound = watch;
  watch();
  if (registration.waiting) offer();
  setInterval(() => registration.update().catch(() => {}), PATIENCE);

  function watch() {
    const next = registration?.installing;
    if (next) next.onstatechange = () => next.state === 'installed' && offer();
  }

  /** Where no version is shown yet, there is none to leave. */
  function offer() {
    if (serviceWorker.controller) import('./update.js').then(({ mount }) => mount(accept));
  }

  function accept() {
    asked = true;
    registration?.waiting?.postMessage('update');
    // What waits may be no new version, but the end of them all.
    setTimeout(() => location.reload(), 1000);
  }
}

/** @param {ServiceWorker | null} worker */
function showVersion(worker) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => document.querySelector('.footer dl')?.append(make('div', {}, make('dt', {}, say('version')), make('dd', {}, data)));
  worker?.postMessage(0, [port2]);
}
