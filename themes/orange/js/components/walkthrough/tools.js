// @ts-check
/** The tools of a walk: each has a button, perhaps a key, and a dialog that is loaded when it is opened. */

import { make, makeButton, translate } from '../page.js';

/** @import { Tool, Workbench } from '../../logic/types.js' */

/** In the order of their buttons. @type {Tool[]} */
export const tools = [
  { name: 'paste', load: () => import('./tools/paste.js') },
  { name: 'help', key: '?', load: () => import('./tools/help.js') },
];

/**
 * @param {string} name
 * @param {Workbench} bench
 */
export async function openTool(name, bench) {
  const { makeBody } = (await tools.find((tool) => tool.name === name)?.load()) ?? {};
  if (!makeBody) return;
  const dialog = make('dialog', { class: 'tool', 'aria-label': translate(`tool_${name}`), 'data-whose': bench.name });
  const close = () => dialog.close();
  dialog.append(await makeBody(bench, close), makeButton('button tool-close', translate('close'), close));
  dialog.addEventListener('close', () => dialog.remove());
  if (document.querySelector('dialog[open]')) return;
  document.body.append(dialog);
  dialog.showModal();
}
