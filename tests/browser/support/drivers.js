// @ts-check
/** Browsers of the packages of Debian, driven by WebDriver: Firefox ESR by its BiDi socket, WebKitGTK by `WebKitWebDriver`. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{open: (url: string) => Promise<unknown>, run: (script: string) => Promise<any>, press: (text: string) => Promise<unknown>, close: () => Promise<unknown>}} Driver   `run` evaluates an expression to JSON */

const WEBKIT = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const START_MS = 60_000;

export const drivers = { 'Firefox ESR': startFirefox, WebKitGTK: startWebKit };

/** @returns {Promise<Driver>} */
async function startFirefox() {
  const profile = await mkdtemp(join(tmpdir(), 'vereda-firefox-'));
  const port = await findPort();
  const program = spawn('firefox-esr', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', String(port)], { stdio: 'ignore' });
  const socket = await until(() => connect(`ws://127.0.0.1:${port}/session`));
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(data);
    waiting.get(answer.id)?.(answer);
  };
  const send = async (/** @type {string} */ method, /** @type {object} */ params = {}) => {
    const id = waiting.size + 1;
    const answer = await new Promise((answered) => {
      waiting.set(id, answered);
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
  await send('session.new', { capabilities: {} });
  const { contexts } = await send('browsingContext.getTree');
  const { context } = contexts[0];
  await send('browsingContext.setViewport', { context, viewport: { width: 1366, height: 768 } });
  return {
    open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    async run(script) {
      const { result, exceptionDetails } = await send('script.evaluate', { expression: `JSON.stringify(${script} ?? null)`, target: { context }, awaitPromise: true });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result.value);
    },
    press: (text) => send('input.performActions', { context, actions: [keys(text)] }),
    async close() {
      await send('session.end').catch(() => {});
      await end(program);
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<Driver>} */
async function startWebKit() {
  const port = await findPort();
  const program = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' });
  const send = async (/** @type {string} */ path, /** @type {object | null} */ body = null, method = 'POST') => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value?.message}`);
    return value;
  };
  await until(() => send('/status', null, 'GET'));
  const options = { 'webkitgtk:browserOptions': { binary: WEBKIT, args: ['--automation'] } };
  const { sessionId } = await send('/session', { capabilities: { alwaysMatch: options } });
  const session = `/session/${sessionId}`;
  await send(`${session}/window/rect`, { x: 0, y: 0, width: 1400, height: 900 });
  return {
    open: (url) => send(`${session}/url`, { url }),
    async run(script) {
      return JSON.parse(await send(`${session}/execute/sync`, { script: `return JSON.stringify(${script} ?? null)`, args: [] }));
    },
    press: (text) => send(`${session}/actions`, { actions: [keys(text)] }),
    async close() {
      await send(session, null, 'DELETE').catch(() => {});
      await end(program);
    },
  };
}

/** @param {string} text */
function keys(text) {
  const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
  return { type: 'key', id: 'keyboard', actions };
}

/**
 * @template T
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>} of the first attempt that does not fail
 */
async function until(attempt) {
  const last = Date.now() + START_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > last) throw error;
      await new Promise((waited) => setTimeout(waited, 200));
    }
  }
}

/**
 * @param {string} url
 * @returns {Promise<WebSocket>}
 */
function connect(url) {
  return new Promise((opened, failed) => {
    const socket = new WebSocket(url);
    socket.onopen = () => opened(socket);
    socket.onerror = failed;
  });
}

/** @returns {Promise<number>} a port that nothing listens on */
async function findPort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

/** @param {import('node:child_process').ChildProcess} program */
async function end(program) {
  if (program.exitCode !== null) return;
  const ended = new Promise((exited) => program.once('exit', exited));
  program.kill();
  await ended;
}
