// @ts-check
/** A site of nested folders without pages of their own: twelve sections, each with parts of ten pages. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SECTIONS = 'administracao atendimento cadastro compras devolucoes entregas financeiro fiscal integracoes produtos relatorios seguranca'.split(' ');
const PAGES = 25;
const PAGES_PER_PART = 10;

/** @param {string} root an empty folder */
export async function writeNestedSite(root) {
  await write(join(root, 'vereda.yaml'), 'title: Manual de atendimento\nbase_url: https://example.com/\n');
  await write(join(root, 'content/index.md'), '---\ntitle: Início\n---\n\nBem-vindo.\n');
  for (const section of SECTIONS) {
    for (let page = 0; page < PAGES; page += 1) {
      const part = Math.floor(page / PAGES_PER_PART) + 1;
      await write(join(root, `content/${section}/parte-${part}/pagina-${page}.md`), makePage(section, page));
    }
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/**
 * @param {string} section
 * @param {number} page
 */
function makePage(section, page) {
  const texts = ['Antes', 'Durante', 'Depois'].map((title) => `## ${title}\n\n${'Um texto de uma linha ou duas.\n\n'.repeat(12)}`);
  return `---\ntitle: Página ${page} de ${section}\ndescription: O que fazer.\ntags: [${section}, comum]\n---\n\n${texts.join('')}`;
}
