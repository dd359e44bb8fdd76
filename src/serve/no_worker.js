// The preview always shows what is written now: a service worker that a published site left on this address goes, with all it kept.
addEventListener('install', (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('vereda ')).map((name) => caches.delete(name)));
  // It takes its turn after the installation: to wait for it here would be to wait for ever.
  registration.unregister();
}
