// @ts-check
/** The identity of a session: its label, and values that stand for one customer. */

import { allInputs, findInput, findNode } from './flow.js';
import { read } from './inputs.js';
import { trail } from './record.js';

/** @import { Flow, Input, Session, Walk } from './types.js' */

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
 * The inputs whose new texts stand for another customer or ticket than those of the session.
 * @param {Session} session
 * @param {Flow} flow
 * @param {Record<string, string>} inputs new texts by name
 */
export function findConflicts({ identities }, flow, inputs) {
  const known = allInputs(flow);
  return Object.keys(inputs).filter((name) => {
    if (!Object.hasOwn(identities, name) || !Object.hasOwn(known, name)) return false;
    const reading = read(known[name], inputs[name]);
    return !('error' in reading) && String(reading.value) !== identities[name];
  });
}

/**
 * The first value on the path that is not private, else the last characters of one that is.
 * @param {Walk} walked
 */
function findLabel({ flow, path, current, values }) {
  const places = [...path.map((stop) => stop.key), current].flatMap((key) => findNode(flow, key) ?? []);
  const known = places.flatMap(({ node, graph }) => node.ask.flatMap((name) => {
    const input = findInput(flow, graph, name);
    const text = values[name]?.text;
    return input && identifies(input) && text ? [{ input, text }] : [];
  }));
  const open = known.find(({ input }) => input.private !== true);
  return open?.text ?? known.slice(0, 1).map(({ text }) => `…${text.replace(/[^\p{L}\d]/gu, '').slice(-4)}`).join('');
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
