// @ts-check
/** The usual notation of a value, applied when a field is left, never while the reader types. */

/** @import { InputType } from './types.js' */

/** @type {Partial<Record<InputType, [RegExp, string]>>} */
const masks = {
  cnpj: [/^([0-9A-Z]{2})([0-9A-Z]{3})([0-9A-Z]{3})([0-9A-Z]{4})(\d{2})$/, '$1.$2.$3/$4-$5'],
  cpf: [/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4'],
};

/**
 * @param {InputType} type
 * @param {string} text that the type understands
 */
export function mask(type, text) {
  const [form, written] = masks[type] ?? [];
  if (!form || !written) return text;
  const bare = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return form.test(bare) ? bare.replace(form, written) : text;
}
