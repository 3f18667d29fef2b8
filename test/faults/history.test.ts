/** kill -9 of apply at every point of plans between two versions of real schemas, which SCHEMACTL_FAULT_PAIRS names a folder of. */
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { findCases } from '../support/case-files.js';
import { killTest } from './kill-suite.js';

const folder = process.env.SCHEMACTL_FAULT_PAIRS;

describe('killed anywhere and applied again, a step in the history of a real schema ends as undisturbed', () => {
  if (folder === undefined) it.todo('no pairs: SCHEMACTL_FAULT_PAIRS names a folder with folders of before.sql and after.sql');
  else {
    for (const { name, before, after } of findCases([resolve(folder)], null)) {
      const words = /([a-z]\w*?)__/i.exec(name)?.[1] ?? name.replace(/\W+/g, '_');
      killTest({ name: words.slice(0, 30), before, after, seed: true });
    }
  }
});
