// @ts-check
/** The tools of a walk, each in a dialog: what was pasted, the record so far, keys and what this browser keeps. */

import { make, makeButton, say } from '../page.js';

/** @import { Tool, Workbench } from '../../logic/types.js' */

/** @type {Record<Tool, () => Promise<(bench: Workbench, close: () => void) => HTMLElement | Promise<HTMLElement>>>} */
const tools = {
  paste: async () => (await import('./paste.js')).makePaste,
  help: async () => (await import('./help.js')).makeHelp,
  record: async () => {
    const { makeRecord } = await import('./record.js');
    return ({ walked }) => {
      const record = makeRecord('h2');
      record.update(walked);
      return record.element;
    };
  },
};

/**
 * @param {Tool} tool
 * @param {Workbench} bench
 */
export async function openTool(tool, bench) {
  const makeBody = await tools[tool]();
  const dialog = make('dialog', { class: 'tool', 'aria-label': say(`tool_${tool}`), 'data-whose': bench.name });
  const close = () => dialog.close();
  dialog.append(await makeBody(bench, close), makeButton('button tool-close', say('close'), close));
  dialog.addEventListener('close', () => dialog.remove());
  if (document.querySelector('dialog[open]')) return;
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * What was pasted and is plain needs no dialog.
 * @param {Workbench} bench
 */
export async function takePasted(bench) {
  const { takePaste } = await import('./paste.js');
  if (!(await takePaste(bench.pasted ?? '', bench))) await openTool('paste', bench);
}
