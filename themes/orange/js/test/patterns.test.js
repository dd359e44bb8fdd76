/** Accepted patterns end at once on any text, and refused ones freeze: `tests/vectors/patterns.json`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';

const { accepted, refused } = JSON.parse(readFileSync(new URL('../../../../tests/vectors/patterns.json', import.meta.url), 'utf8'));

/** The length that `logic/inputs.js` matches at most. */
const LENGTH = 500;

/** A hundred times what the attempts that `vereda check` allows take on a fast machine. */
const TIMEOUT = 2000;

/** Texts that end with a character that few patterns accept. */
const makeTexts = (prefix, pump) => ['\u0000', '\n'].map((end) => (prefix + pump.repeat(LENGTH)).slice(0, LENGTH - 1) + end);

/** True if all texts are matched before the time-out, which ends a match. */
function ends(pattern, texts) {
  try {
    runInNewContext('for (const text of texts) new RegExp(`^(?:${pattern})$`, "u").test(text)', { pattern, texts }, { timeout: TIMEOUT });
    return true;
  } catch (error) {
    assert.equal(error.code, 'ERR_SCRIPT_EXECUTION_TIMEOUT');
    return false;
  }
}

describe('patterns', () => {
  const pumps = [...new Set(refused.map(({ pump }) => pump)), 'abc', '0', '1.', '123.', '1,', 'a,', 'a-', "a'", 'a b', '-', '"', 'a@', 'a.', 'A', '12 '];
  for (const { pattern } of accepted) {
    it(`ends: ${pattern}`, () => assert.ok(ends(pattern, pumps.flatMap((pump) => makeTexts('', pump)))));
  }
  for (const { pattern, prefix, pump } of refused) {
    it(`freezes: ${pattern}`, () => assert.ok(!ends(pattern, makeTexts(prefix, pump))));
  }
});
