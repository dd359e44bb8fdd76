import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareVersions } from '../logic/versions.js';

const old = { '/a/': ['A', '1'], '/b/': ['B', '1'] };
const now = { '/a/': ['A', '2'], '/c/': ['C', '1'] };

describe('compareVersions', () => {
  it('finds nothing on the first visit', () => {
    assert.deepEqual(compareVersions(old, null, 'Mon'), { versions: { '/a/': '1', '/b/': '1' }, changed: [], day: 'Mon' });
  });

  it('finds changed and new pages', () => {
    assert.deepEqual(compareVersions(now, compareVersions(old, null, 'Mon'), 'Tue').changed, ['/a/', '/c/']);
  });

  it('lists them until the end of the day', () => {
    const found = compareVersions(now, compareVersions(old, null, 'Mon'), 'Tue');
    assert.deepEqual(compareVersions(now, found, 'Tue').changed, ['/a/', '/c/']);
    assert.deepEqual(compareVersions(now, found, 'Wed').changed, []);
  });
});
