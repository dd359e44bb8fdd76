// @ts-check
/** The text of a path code, as it is read out, typed or pasted: `AUD·n.1.s`, `aud: n 1 s`. */

const CODE = /^\s*([A-Z][A-Z0-9]+)(?:\s*[·.:*•]\s*([a-z0-9@/+.\s-]+))?\s*$/i;
/** A count of screens without a question. */
const SILENT = /^\+[1-9]\d?$/;

/**
 * @param {string} text
 * @returns {{flow: string, tokens: string[]} | null} null for what is no code
 */
export function readCode(text) {
  const [, flow, tokens] = text.match(CODE) ?? [];
  if (flow === undefined) return null;
  const written = (tokens ?? '').toLowerCase().split(/[.\s]+/).filter(Boolean);
  return { flow: flow.toUpperCase(), tokens: written.flatMap((token) => (SILENT.test(token) ? Array(Number(token)).fill('+') : token)) };
}

/**
 * Whether a code is of a flow. A new flow with a similar name makes codes longer: an older code is shorter.
 * @param {string} own
 * @param {string} typed
 */
export function isCodeOf(own, typed) {
  return own === typed || own.startsWith(typed);
}
