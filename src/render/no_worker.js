// A site that does not work without a network: what an earlier version left in the browser goes. Pages that are open stay as they are.
addEventListener('install', (event) => event.waitUntil(leave()));

async function leave() {
  const own = (await caches.keys()).filter((name) => name.startsWith(`vereda ${new URL(registration.scope).pathname} `));
  await Promise.all(own.map((name) => caches.delete(name)));
  // It takes its turn after the installation: to wait for it here would be to wait for ever.
  registration.unregister();
}
