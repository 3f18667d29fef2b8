/** kill -9 of apply at every point of plans made for it, then apply again; each plan is a folder in plans/. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { readCase } from '../support/case-files.js';
import { IN_PHASES, WHOLE } from './kill-run.js';
import { killTest } from './kill-suite.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'plans');

describe('killed anywhere and applied again, a made plan ends as undisturbed', () => {
  for (const name of readdirSync(folder).sort()) {
    const { before, after } = readCase(join(folder, name));
    const planArguments = name.includes('-online') ? ['--online'] : [];
    killTest({ name: name.replaceAll('-', '_'), before, after, planArguments }, name.endsWith('-in-two-phases') ? IN_PHASES : WHOLE);
  }
});
