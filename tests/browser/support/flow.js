// @ts-check
/**
 * A published `flow.json` → the shortest path to each outcome: what to type and what to choose, in order. Knows nothing of the
 * theme's own logic, so that the two can disagree.
 */

import { isHoliday } from '../../../themes/orange/js/logic/holidays.js';

/** @import { Calendar, Condition, Flow, Graph, Input, Node, Option } from '../../../themes/orange/js/logic/types.js' */

/**
 * @typedef {object} Stop       a screen the reader leaves
 * @property {string} key       `node`, or `call/node` in a called flow
 * @property {string} title
 * @property {{input: Input, name: string, text: string}[]} fill   what is typed here for the first time
 * @property {Option | null} option   null where "Continuar" or the form leads on
 * @property {{label?: string, text: string}[]} copies  the templates of the copied texts
 *
 * @typedef {object} Path
 * @property {string} outcome
 * @property {Node} node        of the outcome
 * @property {Stop[]} stops
 * @property {Record<string, string>} inputs   all that was typed
 *
 * @typedef {{graph: Graph, prefix: string, id: string, back: Position | null}} Position
 * @typedef {{position: Position, stops: Stop[], inputs: Record<string, string>, answers: Record<string, string>}} Walked
 */

/**
 * @param {Flow} flow
 * @returns {Path[]} one an outcome, by its id
 */
export function findPaths(flow) {
  /** @type {Map<string, Path>} */
  const paths = new Map();
  /** @type {Walked[]} */
  const queue = [{ position: { graph: flow, prefix: '', id: flow.start, back: null }, stops: [], inputs: {}, answers: {} }];
  const seen = new Set();
  for (const walked of queue) {
    const { prefix, id, graph } = walked.position;
    const state = JSON.stringify([prefix + id, walked.inputs, walked.answers]);
    if (seen.has(state)) continue;
    seen.add(state);
    const node = graph.nodes[id];
    const ends = node.kind === 'outcome' && prefix === '';
    if (ends && !paths.has(id)) paths.set(id, { outcome: id, node, stops: walked.stops, inputs: walked.inputs });
    if (!ends) queue.push(...leave(flow, walked, node));
  }
  return [...paths.values()].sort((a, b) => a.outcome.localeCompare(b.outcome));
}

/**
 * A template with what was typed; only what this site's templates use.
 * @param {string} template
 * @param {Record<string, string>} inputs
 */
export function fillTemplate(template, inputs) {
  return template.replace(/\{([a-z-]+)(\|digits)?\}/g, (whole, name, digits) => {
    const text = inputs[name];
    return text === undefined ? whole : digits ? text.replace(/[^0-9A-Z]/g, '') : text;
  });
}

/**
 * The record an agent pastes in the ticket.
 * @param {Flow} flow
 * @param {Path} path
 */
export function writeRecord(flow, { node, stops, inputs }) {
  const join = (/** @type {string} */ label, /** @type {string} */ text) => (label.endsWith('?') ? `${label} ${text}` : `${label}: ${text}`);
  const answers = stops.flatMap(({ title, option }) => (title && option ? join(title, option.label) : [])).join('\n');
  const typed = stops.flatMap(({ fill }) => fill.map(({ input, name, text }) => join(input.label ?? name, text))).join('\n');
  const copied = [...stops.flatMap(({ copies }) => copies), ...node.copy].map(({ label, text }) => join(label ?? '', fillTemplate(text, inputs)));
  /** @type {Record<string, string>} */
  /** @type {Record<string, string>} */
  const parts = { 'flow.title': flow.title, 'outcome.title': fillTemplate(node.title ?? '', inputs), 'outcome.status': node.status ?? '', answers, inputs: typed, copies: copied.join('\n') };
  const names = /\{(flow\.title|outcome\.title|outcome\.status|answers|inputs|copies)\}/g;
  const lines = flow.records[node.record ?? ''].split('\n').filter((line) => !line.includes('{date}'));
  const kept = lines.filter((line) => ![...line.matchAll(names)].length || [...line.matchAll(names)].some(([, name]) => parts[name] !== ''));
  return kept.map((line) => line.replace(names, (_, name) => parts[name])).join('\n').trim();
}

/**
 * @param {Flow} flow
 * @param {Walked} walked
 * @param {Node} node
 * @returns {Walked[]}
 */
function leave(flow, walked, node) {
  const { position } = walked;
  return typeAll(flow, walked, node).flatMap(({ fill, inputs }) => {
    const next = { ...walked, inputs };
    if (node.kind === 'question') return (node.options ?? []).map((option) => choose(next, node, fill, option));
    const stops = isStop(node) ? [...walked.stops, makeStop(position, node, fill, null, inputs)] : walked.stops;
    const to = follow(flow, next, node);
    return to ? [{ ...next, stops, position: to }] : [];
  });
}

/**
 * @param {Walked} walked
 * @param {Node} node
 * @param {Stop['fill']} fill
 * @param {Option} option
 * @returns {Walked}
 */
function choose({ position, stops, inputs, answers }, node, fill, option) {
  const set = Object.fromEntries(Object.entries(option.set ?? {}).map(([name, value]) => [name, String(value)]));
  return {
    position: { ...position, id: option.next },
    stops: [...stops, makeStop(position, node, fill, option, inputs)],
    inputs: { ...inputs, ...set },
    answers: { ...answers, [position.id]: option.id },
  };
}

/**
 * @param {Flow} flow
 * @param {Walked} walked
 * @param {Node} node
 * @returns {Position | null}
 */
function follow(flow, { position, inputs, answers }, node) {
  if (node.kind === 'outcome') return comeBack(position);
  if (node.kind === 'call') {
    const graph = flow.flows[node.call ?? ''];
    return { graph, prefix: `${position.prefix}${position.id}/`, id: graph.start, back: position };
  }
  const next = node.next ?? node.rules?.find(({ when }) => holds(flow, when, { ...inputs, ...answers }))?.next;
  return next === undefined ? null : { ...position, id: next };
}

/** @param {Position} position */
function comeBack({ id, back }) {
  const next = back?.graph.nodes[back.id].outcomes?.[id];
  return back && next !== undefined ? { ...back, id: next } : null;
}

/** @param {Node} node */
function isStop({ kind, ask, copy, links, checklist }) {
  return kind === 'step' || ask.length > 0 || (kind === 'outcome' && copy.length + links.length + checklist.length > 0);
}

/**
 * @param {Position} position
 * @param {Node} node
 * @param {Stop['fill']} fill
 * @param {Option | null} option
 * @param {Record<string, string>} inputs
 * @returns {Stop}
 */
function makeStop({ prefix, id }, node, fill, option, inputs) {
  return { key: prefix + id, title: fillTemplate(node.title ?? '', inputs), fill, option, copies: node.copy };
}

/**
 * Every choice of texts for the inputs that were not typed before.
 * @param {Flow} flow
 * @param {Walked} walked
 * @param {Node} node
 */
function typeAll(flow, { position, inputs }, node) {
  /** @type {{fill: Stop['fill'], inputs: Record<string, string>}[]} */
  let choices = [{ fill: [], inputs }];
  for (const name of node.ask.filter((each) => inputs[each] === undefined)) {
    const input = position.graph.inputs[name] ?? flow.inputs[name];
    choices = choices.flatMap((choice) =>
      findTexts(flow, name, input).map((text) => ({
        fill: [...choice.fill, { name, input, text }],
        inputs: { ...choice.inputs, [name]: text },
      })),
    );
  }
  return choices;
}

/**
 * The example of an input, and for each comparison a text on either side of it.
 * @param {Flow} flow
 * @param {string} name
 * @param {Input} input
 */
function findTexts(flow, name, input) {
  const rules = [flow, ...Object.values(flow.flows)].flatMap(({ nodes }) => Object.values(nodes).flatMap((node) => node.rules ?? []));
  const compared = rules.flatMap(({ when }) => comparisons(when)).filter((each) => each.name === name);
  const around = compared.flatMap(({ op, value }) => {
    if (op === 'within' || op === 'outside') return moments(flow.calendars[String(value)]);
    return [value].flat().flatMap((constant) => (typeof constant === 'number' ? [constant, constant + 1, constant - 1] : [constant]));
  });
  const texts = [...(input.example ? [input.example] : []), ...(input.choices ?? []).map(({ id }) => id), ...around];
  if (texts.length === 0) throw new Error(`Nothing is known to type for "${name}": give it an example.`);
  return [...new Set(texts.map(String))];
}

/**
 * @param {Condition | null} condition
 * @returns {{name: string, op: string, value: unknown}[]}
 */
function comparisons(condition) {
  if (condition === null) return [];
  if ('all' in condition) return condition.all.flatMap(comparisons);
  return 'any' in condition ? condition.any.flatMap(comparisons) : [condition];
}

/**
 * @param {Flow} flow
 * @param {Condition | null} condition
 * @param {Record<string, string>} texts
 * @returns {boolean}
 */
function holds(flow, condition, texts) {
  if (condition === null) return true;
  if ('all' in condition) return condition.all.every((each) => holds(flow, each, texts));
  if ('any' in condition) return condition.any.some((each) => holds(flow, each, texts));
  const { name, op, value } = condition;
  const text = texts[name];
  if (text === undefined) return op === 'answered' && value === false;
  const compare = typeof value === 'number' ? Number(text.replaceAll('.', '').replace(',', '.')) : text;
  const constants = [value].flat().map(String);
  /** @type {Record<string, () => boolean>} */
  const operators = {
    is: () => constants.includes(text),
    in: () => constants.includes(text),
    not: () => !constants.includes(text),
    gt: () => compare > value,
    gte: () => compare >= value,
    lt: () => compare < value,
    lte: () => compare <= value,
    matches: () => new RegExp(`^(?:${value})$`, 'u').test(text),
    answered: () => value === (text !== ''),
    within: () => isWithin(flow.calendars[String(value)], text),
    outside: () => !isWithin(flow.calendars[String(value)], text),
  };
  return operators[op]();
}

/**
 * Date-times within and outside a calendar, of the last week of November 2026.
 * @param {Calendar} calendar
 */
function moments(calendar) {
  const all = [23, 24, 25, 26, 27, 28, 29].flatMap((day) => ['10:20', '03:00', '22:00'].map((time) => `2026-11-${day}T${time}`));
  return [true, false].flatMap((within) => all.find((moment) => isWithin(calendar, moment) === within) ?? []);
}

/**
 * @param {Calendar} calendar
 * @param {string} moment `2026-10-13T10:00`
 */
function isWithin({ weekdays, hours, holidays }, moment) {
  const [date, time] = moment.split('T');
  const weekday = new Date(`${date}T12:00Z`).getUTCDay() || 7;
  const works = weekdays.includes(weekday) && !isHoliday(holidays, date);
  return works && hours.some(([from, to]) => from <= time && time <= to);
}
