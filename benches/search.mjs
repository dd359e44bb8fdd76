// Measures the search: the time and memory that it adds to a build, and what a browser loads for a query.
//
//   node benches/search.mjs [PAGES]        10,000 pages by default; VEREDA is the path of a release binary
//
// The floor is the same build with `search: false` in every page. Sizes are those after gzip. The words of the pages are random, with the
// frequencies of a natural language (Zipf): few words are everywhere, most are rare.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { openSearch } from '../themes/orange/js/search/engine.js';

const PAGES = Number(process.argv[2] ?? 10_000);
const VEREDA = process.env.VEREDA ?? new URL('../target/release/vereda', import.meta.url).pathname;
const VOCABULARY = 60_000;
const SECTIONS = 6;
const WORDS_PER_SECTION = 170;
const HOME = 'https://example.com/';

const SYLLABLES = 'ba be bi bo ca ce co cu da de di do fa fe ga go la le li lo ma me mi mo na ne no nu pa pe po ra re ri ro sa se si so ta te ti to va ve vi vo'.split(' ');
const ENDINGS = ['', '', 'ção', 'ções', 's', 'mento', 'r', 'do', 'ncia', 'vel', 'dade', 'ndo'];

/** Random numbers from 0 to 1, the same every time (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function wordAt(rank) {
  let text = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) text += SYLLABLES[rest % SYLLABLES.length];
  return text + ENDINGS[(rank * 7) % ENDINGS.length];
}

function writeSite(root, isSearched) {
  const next = random(1);
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordAt(rank));
  const word = () => words[Math.floor(VOCABULARY ** next()) - 1] ?? words[0];
  const sentence = (length) => Array.from({ length }, word).join(' ');
  let bytes = 0;
  writeFileSync(join(root, 'vereda.yaml'), `title: Medida\nbase_url: ${HOME}\nlanguage: pt-BR\n`);
  mkdirSync(join(root, 'content'));
  writeFileSync(join(root, 'content/index.md'), '---\ntitle: Início\n---\n\nUm site para medir.\n');
  for (let page = 0; page < PAGES; page += 1) {
    const folder = join(root, `content/s${Math.floor(page / 100)}`);
    if (page % 100 === 0) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'index.md'), `---\ntitle: Seção ${page / 100}\n---\n\nPáginas.\n`);
    }
    let text = `---\ntitle: ${sentence(4)}\ndescription: ${sentence(10)}\n${isSearched ? '' : 'search: false\n'}---\n\n`;
    for (let section = 0; section < SECTIONS; section += 1) {
      text += `## ${sentence(4)} {#a${section}}\n\n`;
      for (let left = WORDS_PER_SECTION; left > 0; left -= 12) text += `${sentence(12)}.\n`;
      text += `\n1. ${sentence(15)}; {#p${section}}\n2. ${sentence(8)} :copy[Macro ${page} ${section}].\n\n`;
    }
    bytes += Buffer.byteLength(text);
    writeFileSync(join(folder, `p${page}.md`), text);
  }
  return bytes;
}

/** Runs a build; resolves with its seconds and its peak memory in MB. */
function build(root) {
  const start = performance.now();
  const child = spawn(VEREDA, ['build', '--quiet', '--root', root], { stdio: 'inherit' });
  let peak = 0;
  const sample = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // The process has ended.
    }
  }, 20);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      clearInterval(sample);
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, peak: peak / 1024 });
      else reject(new Error(`vereda build: ${code}`));
    });
  });
}

/** Answers requests from the folder, and counts requests and compressed bytes. */
function serve(folder) {
  const counts = { requests: 0, bytes: 0 };
  globalThis.fetch = async (address) => {
    const text = readFileSync(join(folder, new URL(address).pathname));
    counts.requests += 1;
    counts.bytes += gzipSync(text, { level: 6 }).length;
    return new Response(text);
  };
  return counts;
}

async function measureQueries(root) {
  const counts = serve(join(root, 'public'));
  const kilo = () => `${(counts.bytes / 1000).toFixed(0).padStart(5)} KB ${String(counts.requests).padStart(3)} requests`;
  const next = random(7);
  const rare = () => wordAt(Math.floor(200 * 250 ** next()));
  const { search } = await openSearch(new URL(HOME), 'pt-BR');
  await search(rare());
  console.log(`before the first result   ${kilo()}`);
  let [most, slowest] = [0, 0];
  for (let query = 0; query < 40; query += 1) {
    const [before, start] = [counts.bytes, performance.now()];
    await search(rare());
    most = Math.max(most, counts.bytes - before);
    slowest = Math.max(slowest, performance.now() - start);
  }
  console.log(`a further word, at most   ${(most / 1000).toFixed(0).padStart(5)} KB, ${slowest.toFixed(0)} ms with the files`);
  const [query, times] = [`${wordAt(0)} ${wordAt(3)} ${rare()}`, []];
  for (let time = 0; time < 20; time += 1) {
    const start = performance.now();
    await search(query);
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  console.log(`from key to result        ${times[10].toFixed(0).padStart(5)} ms (median; two of the most frequent words and a rare one)`);
}

function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  return { files: files.length, bytes };
}

const [searched, floor] = [true, false].map(() => mkdtempSync(join(tmpdir(), 'vereda-search-')));
try {
  const bytes = writeSite(searched, true);
  writeSite(floor, false);
  const without = await build(floor);
  const built = await build(searched);
  const { files, bytes: size } = sizeOf(join(searched, 'public/search'));
  console.log(`${PAGES} pages, ${(bytes / 1e6).toFixed(0)} MB of Markdown`);
  console.log(`build                     ${built.seconds.toFixed(2)} s, ${built.peak.toFixed(0)} MB`);
  console.log(`build without search      ${without.seconds.toFixed(2)} s, ${without.peak.toFixed(0)} MB`);
  console.log(`ratio                     ${(built.seconds / without.seconds).toFixed(2)}`);
  console.log(`the index                 ${files} files, ${(size / 1e6).toFixed(1)} MB`);
  await measureQueries(searched);
} finally {
  for (const root of [searched, floor]) rmSync(root, { recursive: true });
}
