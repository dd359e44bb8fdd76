/** The vectors that the Rust tests run too: tests/vectors/README.md. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { isWithin } from '../logic/calendar.js';
import { holds } from '../logic/conditions.js';
import { filter, fits } from '../logic/filters.js';
import { read } from '../logic/inputs.js';
import { fill } from '../logic/template.js';

const load = (name) => JSON.parse(readFileSync(new URL(`../../../../tests/vectors/${name}.json`, import.meta.url), 'utf8'));
const own = (map, name) => (Object.hasOwn(map, name) ? map[name] : undefined);

/** Typed texts by name → the readings of those that are not refused. */
function readAll(inputs, typed, zone) {
  const readings = Object.entries(typed).map(([name, text]) => [name, read(inputs[name], text, zone)]);
  return Object.fromEntries(readings.filter(([, reading]) => !('error' in reading)));
}

function run(name, evaluate) {
  const { cases, ...shared } = load(name);
  describe(name, () => {
    for (const { name: title, given, expected } of cases) {
      it(title, () => assert.deepEqual(evaluate(given, shared), expected));
    }
  });
}

run('inputs', ({ input, text, zone }) => {
  const reading = read(input, text, zone);
  return 'error' in reading ? { error: reading.error } : { value: reading.value };
});

run('calendars', ({ calendar, type, text }, { calendars }) => {
  return isWithin(calendars[calendar], read({ type }, text, calendars[calendar].timezone));
});

run('conditions', ({ condition, inputs, answers }, shared) => {
  const readings = readAll(shared.inputs, inputs);
  const answered = (value) => value && { type: 'answer', text: String(value), value };
  return holds(condition, (name) => own(readings, name) ?? answered(own(answers, name)), shared.calendars);
});

run('filters', ({ filter: name, input, text }) => {
  const reading = read(input, text);
  return fits(name, reading) ? filter(name, reading) : null;
});

run('templates', ({ template, inputs }, shared) => {
  const readings = readAll(shared.inputs, inputs);
  const values = Object.entries(shared.values).map(([name, value]) => [`values.${name}`, { type: 'text', text: String(value), value }]);
  const names = { ...readings, ...Object.fromEntries(values) };
  return fill(template, (name) => own(names, name));
});
