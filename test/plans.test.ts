/** Every sample plan in plans/ stays readable: byte form, format, signature, and the text that people see. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrusted } from '../src/apply/validity.js';
import { readTrustedKeys } from '../src/trust/keys.js';

const FOLDER = 'plans';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe('sample plans', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(2);
  });

  it.each(files)('%s opens and verifies', async (name) => {
    const path = join(FOLDER, name);
    const key = path.replace(/\.json$/, '.pub');
    const trusted = await readTrustedKeys(existsSync(key) ? [{ name: 'sample', public_key: key }] : [], 1, '.');
    const made = new Date((JSON.parse(readFileSync(path, 'utf8')) as { plan: { created_at: string } }).plan.created_at);
    const opened = openTrusted(readFileSync(path), path, { trusted, requireSignature: existsSync(key) }, made);
    expect(opened.document.plan.steps.length).toBeGreaterThan(0);
    expect(opened.signers.length).toBe(existsSync(key) ? 1 : 0);
    expect(opened.document.plan.steps.every((step) => step.proven === true)).toBe(true);
  });
});
