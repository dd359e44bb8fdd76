// Applies the colour scheme that the reader chose, before the first paint. `js/components/scheme.js` stores it.
try {
  const scheme = localStorage.getItem('vereda:scheme');
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Without storage the scheme of the system applies.
}
