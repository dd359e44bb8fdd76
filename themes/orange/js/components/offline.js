// @ts-check
/** Registers the service worker, shows the version of the site and offers a new one. */

import { make, translate } from './page.js';

/** Milliseconds between checks for a new version. */
const CHECK_MS = 3_600_000;

/** @param {string} address of the service worker */
export async function start(address) {
  const { serviceWorker } = navigator;
  let shown = serviceWorker.controller;
  let isAccepted = false;
  serviceWorker.oncontrollerchange = () => {
    if (isAccepted) location.reload();
    else if (shown) offer();
    else showVersion((shown = serviceWorker.controller));
  };
  showVersion(shown);
  const registration = await serviceWorker.register(address, { updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  registration.onupdatefound = watch;
  watch();
  if (registration.waiting) offer();
  setInterval(() => registration.update().catch(() => {}), CHECK_MS);

  function watch() {
    const next = registration?.installing;
    if (next) next.onstatechange = () => next.state === 'installed' && offer();
  }

  /** On a first visit there is no older version to replace. */
  function offer() {
    if (serviceWorker.controller) import('./update.js').then(({ mount }) => mount(accept));
  }

  function accept() {
    isAccepted = true;
    registration?.waiting?.postMessage('update');
    // The waiting worker may be the one that unregisters itself.
    setTimeout(() => location.reload(), 1000);
  }
}

/** @param {ServiceWorker | null} worker */
function showVersion(worker) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => document.querySelector('.footer dl')?.append(make('div', {}, make('dt', {}, translate('version')), make('dd', {}, data)));
  worker?.postMessage(0, [port2]);
}
