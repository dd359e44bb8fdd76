// @ts-check
/** The text of a path code, as it is read out, typed or pasted: `AUD·n.1.s`, `aud: n 1 s`. */

const CODE = /^\s*([A-Z][A-Z0-9]+)(?:\s*[·.:*•]\s*([a-z0-9@/+.\s-]+))?\s*$/i;
const CODE_OF_RECORD = /(?:^|[\s:])([A-Z][A-Z0-9]+)·([a-z0-9@/+.-]*)\s*$/gm;
/** A count of screens without a question. */
const SILENT = /^\+[1-9]\d?$/;

/**
 * A code alone, or at the end of a line of a record, of which the last counts.
 * @param {string} text
 * @returns {{flow: string, tokens: string[]} | null} null for what is no code
 */
export function readCode(text) {
  const [, flow, tokens] = text.match(CODE) ?? [...text.matchAll(CODE_OF_RECORD)].at(-1) ?? [];
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
