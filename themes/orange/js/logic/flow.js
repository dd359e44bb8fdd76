// @ts-check
/** Nodes by their keys: `node` in the flow, `call/node` in a flow that it calls. */

/** @import { Flow, Graph, Input, Place } from './types.js' */

/** Stops flows that call each other. */
const DEEPEST = 20;

/**
 * Finds a node by its key, or by one it had before.
 * @param {Flow} flow
 * @param {string} key
 */
export function findNode(flow, key) {
  const ids = key.split('/');
  if (ids.length > DEEPEST) return null;
  let place = findIn(flow, ids[0], '');
  for (const id of ids.slice(1)) place = place && findIn(findCalled(flow, place), id, `${place.key}/`);
  return place;
}

/**
 * @param {Flow} flow
 * @param {Place} place
 */
export function findCalled(flow, { node }) {
  const route = node.call;
  return route !== undefined && Object.hasOwn(flow.flows, route) ? flow.flows[route] : null;
}

/**
 * An input of the graph, or of the flow that called it.
 * @param {Flow} flow
 * @param {Graph} graph
 * @param {string} name
 */
export function findInput(flow, graph, name) {
  const owner = [graph, flow].find(({ inputs }) => Object.hasOwn(inputs, name));
  return owner ? owner.inputs[name] : null;
}

/**
 * Those of the flow and of every flow that it calls; of two with one name, the flow's own.
 * @param {Flow} flow
 * @returns {Record<string, Input>}
 */
export function allInputs(flow) {
  return Object.assign({}, ...Object.values(flow.flows).map(({ inputs }) => inputs), flow.inputs);
}

/**
 * Whether a node waits for the reader; a called flow's outcome does when it brings something to do.
 * @param {Place} place
 */
export function isStop({ prefix, node }) {
  if (node.kind === 'question' || node.kind === 'step' || node.ask.length > 0) return true;
  if (node.kind !== 'outcome') return false;
  return prefix === '' || node.copy.length + node.links.length + node.checklist.length > 0;
}

/**
 * @param {Graph | null} graph
 * @param {string} id
 * @param {string} prefix
 * @returns {Place | null}
 */
function findIn(graph, id, prefix) {
  if (!graph) return null;
  const now = Object.hasOwn(graph.aliases, id) ? graph.aliases[id] : id;
  if (!Object.hasOwn(graph.nodes, now)) return null;
  return { key: prefix + now, prefix, id: now, node: graph.nodes[now], graph };
}
