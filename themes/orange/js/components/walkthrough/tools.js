// @ts-check
/** The tools of a walk: each has a button, perhaps a key, and a dialog that is loaded when it is opened. */

import { openDialog } from '../dialog.js';
import { translate } from '../page.js';

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
  if (makeBody) await openDialog(translate(`tool_${name}`), (close) => makeBody(bench, close), bench.name);
}
