// @ts-check
/** A site with one big flow: more questions than any person would write. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {string} root an empty folder
 * @param {number} nodes of its flow, `/grande/`
 */
export async function writeBigSite(root, nodes) {
  await mkdir(join(root, 'content'));
  await writeFile(join(root, 'vereda.yaml'), 'title: Grande\nlanguage: pt-BR\ntheme: orange\nbase_url: https://example.com/\n');
  await writeFile(join(root, 'content/index.md'), '---\ntitle: Grande\n---\n\n[Fluxo](grande.flow.yaml)\n');
  await writeFile(join(root, 'content/grande.flow.yaml'), makeFlow(nodes));
}

/**
 * Questions with three options each, of which two lead on and one skips ahead.
 * @param {number} count
 */
function makeFlow(count) {
  const outcome = `  fim:\n    title: Fim\n    result: resolved\n`;
  const question = (/** @type {number} */ number) => {
    const next = (/** @type {number} */ step) => (number + step < count - 1 ? `n${number + step}` : 'fim');
    const options = [1, 2, 5].map((step, option) => `      - { id: o${option}, label: Opção ${option} da pergunta ${number}, next: ${next(step)} }\n`);
    return `  n${number}:\n    title: Pergunta ${number}, e o que ela quer saber?\n    text: Um texto da pergunta ${number}, com **ênfase** e uma cópia :copy[Macro ${number}].\n    options:\n${options.join('')}`;
  };
  return `title: Grande\nowner: Medida\nnodes:\n${Array.from({ length: count - 1 }, (_, number) => question(number)).join('')}${outcome}`;
}
