// @ts-check
/** The identity of a session: its label, and values that stand for one customer. */

import { allInputs, findInput, findNode } from './flow.js';
import { read } from './inputs.js';
import { trail } from './record.js';

/** @import { Input, Session, Walk } from './types.js' */

/** Types whose value stands for one customer or one ticket. */
const IDENTITIES = ['cnpj', 'cpf', 'phone', 'email'];

/**
 * The session with the result of a walk.
 * @param {Session} session
 * @param {Walk} walked
 * @param {Pick<Session, 'key' | 'whole' | 'version'>} shown
 * @returns {Session}
 */
export function keepWalk(session, walked, shown) {
  return { ...session, ...shown, state: walked.state, trail: trail(walked), label: findLabel(walked), identities: findIdentities(walked) };
}

/**
 * The first value on the path that is not private.
 * @param {Walk} walked
 */
function findLabel({ flow, path, current, values }) {
  for (const key of [...path.map((stop) => stop.key), current]) {
    const place = findNode(flow, key);
    for (const name of place?.node.ask ?? []) {
      const input = place && findInput(flow, place.graph, name);
      const text = values[name]?.text;
      if (input && input.private !== true && identifies(input) && text) return text;
    }
  }
  return '';
}

/**
 * Whether its value stands for one customer or one ticket.
 * @param {Input} input
 */
export function identifies({ type, pattern }) {
  return IDENTITIES.includes(type) || (type === 'text' && Boolean(pattern));
}

/**
 * @param {Walk} walked
 * @returns {Session['identities']}
 */
function findIdentities({ flow, state }) {
  const inputs = allInputs(flow);
  const typed = Object.entries(state.inputs).filter(([name]) => Object.hasOwn(inputs, name) && identifies(inputs[name]));
  const known = typed.map(([name, text]) => /** @type {const} */ ([name, read(inputs[name], text)]));
  return Object.fromEntries(known.flatMap(([name, reading]) => ('error' in reading || reading.value === null ? [] : [[name, String(reading.value)]])));
}
