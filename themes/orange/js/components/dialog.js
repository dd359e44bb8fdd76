// @ts-check
/** A dialog over the page, removed when it is closed. */

import { make, makeButton, translate } from './page.js';

/**
 * Settles when the dialog is closed; at once while another is open.
 * @param {string} label
 * @param {(close: () => void) => HTMLElement | Promise<HTMLElement>} makeBody
 * @param {string} [whose] the name of the session
 */
export async function openDialog(label, makeBody, whose) {
  const dialog = make('dialog', { class: 'tool', 'aria-label': label, 'data-whose': whose });
  const close = () => dialog.close();
  dialog.append(await makeBody(close), makeButton('button tool-close', translate('close'), close));
  if (document.querySelector('dialog[open]')) return;
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve));
  dialog.remove();
}
