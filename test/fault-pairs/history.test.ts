/** kill -9 of apply at every point of plans between two versions of real schemas, which SCHEMACTL_FAULT_PAIRS names a folder of. */
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { killTest } from '../faults/kill-suite.js';
import { findCases } from '../support/case-files.js';

const folder = process.env.SCHEMACTL_FAULT_PAIRS;
if (folder === undefined) throw new Error('SCHEMACTL_FAULT_PAIRS must name a folder with folders of before.sql and after.sql');
const pairs = findCases([resolve(folder)], null);
if (pairs.length === 0) throw new Error(`${folder} has no folder with before.sql and after.sql`);

describe('killed anywhere and applied again, a step in the history of a real schema ends as undisturbed', () => {
  for (const { name, before, after } of pairs) {
    const words = /([a-z]\w*?)__/i.exec(name)?.[1] ?? name.replace(/\W+/g, '_');
    killTest({ name: words.slice(0, 30), before, after, seed: true });
  }
});
