const { address: publishedAddress, pages } = JSON.parse(document.getElementById('files').textContent);
const fetch = (place, options) => (place in pages ? Promise.resolve(new Response(pages[place])) : globalThis.fetch(place, options));
