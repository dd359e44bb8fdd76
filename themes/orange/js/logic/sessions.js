// @ts-check
/** The sessions of a tab, one for each customer, as immutable values. */

/** @import { Flow, Session, Timer } from './types.js' */

const MINUTE = 60_000;

/**
 * @param {Pick<Session, 'id' | 'begun' | 'version' | 'state'>} made
 * @param {Pick<Flow, 'url' | 'title'>} flow
 * @param {Session[]} others
 * @returns {Session}
 */
export function makeSession(made, { url, title }, others) {
  const taken = new Set(others.map(({ number }) => number));
  const number = others.findIndex((_, at) => !taken.has(at + 1)) + 1 || others.length + 1;
  return { ...made, number, name: '', label: '', identities: {}, flow: url, title, key: '', whole: false, trail: [], ticks: [], timers: {}, counted: false };
}

/**
 * Whether a stored session is valid: another version of these scripts may have written it.
 * @param {any} kept
 * @returns {kept is Session}
 */
export function isSession(kept) {
  const maps = [kept?.state?.answers, kept?.state?.inputs, kept?.timers, kept?.identities];
  const texts = [kept?.id, kept?.name, kept?.label, kept?.flow, kept?.title, kept?.key, ...Object.values(kept?.state?.inputs ?? {})];
  const isMap = (/** @type {unknown} */ each) => typeof each === 'object' && each !== null && !Array.isArray(each);
  return Number.isInteger(kept?.number) && maps.every(isMap) && texts.every((each) => typeof each === 'string') && Array.isArray(kept.trail) && Array.isArray(kept.ticks);
}

/**
 * Whether a session holds nothing worth keeping.
 * @param {Session} session
 */
export function isUntouched({ state, name, ticks, timers }) {
  const nothing = [state.answers, timers, ticks].every((each) => Object.keys(each).length === 0);
  return nothing && name === '' && Object.values(state.inputs).every((text) => text.trim() === '');
}

/**
 * In the order of their numbers, without the other untouched ones.
 * @param {Session[]} sessions
 * @param {Session} session
 */
export function put(sessions, session) {
  const others = sessions.filter((each) => each.id !== session.id && !isUntouched(each));
  return [...others, session].sort((a, b) => a.number - b.number);
}

/**
 * The other sessions with the same value, perhaps by mistake.
 * @param {Session[]} sessions
 * @param {Session} session
 * @param {string} name of the input
 */
export function findSame(sessions, { id, identities }, name) {
  const value = identities[name];
  return value === undefined ? [] : sessions.filter((each) => each.id !== id && each.identities[name] === value);
}

/**
 * The timer that ends first, of those that still run or whose end was not seen.
 * @param {Session[]} sessions
 * @returns {{session: Session, timer: Timer} | null}
 */
export function findNextTimer(sessions) {
  const all = sessions.flatMap((session) => Object.values(session.timers).map((timer) => ({ session, timer })));
  return all.reduce((first, each) => (first && first.timer.deadline <= each.timer.deadline ? first : each), /** @type {typeof all[0] | null} */ (null));
}

/**
 * @param {number} ms
 * @returns {string} `5 min`, `1 h 05`
 */
export function formatDuration(ms) {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * The rest of a timer, in seconds in its last minutes.
 * @param {number} ms
 * @returns {string} `1:29:59`, `4:07`
 */
export function formatRemaining(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
