// @ts-check
/** Keys and pastes for the walkthrough, outside of fields. */

import { isSingleKey, isTyping } from '../single-keys.js';
import { tools } from './tools.js';

/** The single keys of a walk, beside the digits and the first letters of yes and no. */
export const KEYS = { new: 'a', record: 'r', copy: 'c', change: 'v' };

/** A labelled value, and more of them behind it. */
const BOX = /[:=：]\s*\S.*[;,|\n].*[:=：]|\n/s;

/** @param {{press: (key: string) => boolean, openTool: (name: string) => void, paste: (pasted: {text: string, instead?: () => void}) => void}} actions */
export function listenForKeys({ press, openTool, paste }) {
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (!isSingleKey(event)) return;
    if ((key !== 'Enter' || !isControl(target)) && press(key.toLowerCase())) event.preventDefault();
    for (const tool of tools) if (tool.key === key) openTool(tool.name);
  });
  document.addEventListener('paste', (event) => {
    const { target } = event;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const isField = target instanceof HTMLInputElement && !target.closest('dialog');
    if (text.trim() === '' || (isTyping(target) && !(isField && BOX.test(text.trim())))) return;
    event.preventDefault();
    const instead = () => document.execCommand('insertText', false, text.replace(/\s+/g, ' ').trim());
    paste(isField ? { text, instead } : { text });
  });
}

/**
 * Whether Enter has a meaning of its own there.
 * @param {EventTarget | null} target
 */
function isControl(target) {
  return target instanceof Element && target.closest('a[href], button, summary, input, [role], [tabindex="0"]') !== null;
}
