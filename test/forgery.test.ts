/** A signed plan that was changed by one byte anywhere is refused before the server hears of it: the server's own log is the witness. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemactl } from './commands/run-binary.js';
import { everyByte, type Forge, forge } from './support/forgery.js';

let forged: Forge;
let before: number;

beforeAll(async () => {
  forged = await forge();
  before = forged.log().length;
});

afterAll(() => forged.close());

/** What the server wrote since the plan was made: as long as that is nothing, nobody has even connected. */
const written = (): string => forged.log(before);

describe.sequential('with a trusted key, a signed plan is refused with 8 or 1, a code and a hint, and without a connection', () => {
  it('with any byte changed: its last bit, to white space (all its values: npm run test:faults)', { timeout: 120_000 }, async () => {
    const { tried, wrong, codes } = await everyByte(forged, (byte) => [byte ^ 1, 0x20]);
    console.log(`${tried} changes of one byte of ${forged.bytes.length}: ${JSON.stringify(codes)}`);
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(forged.bytes.length);
    expect(written()).toBe('');
  });

  it('by the executable, at 16 places', { timeout: 300_000 }, async () => {
    const size = forged.bytes.length;
    const places = Array.from({ length: 16 }, (_, index) => Math.floor((size * (index + 0.5)) / 16));
    const tryPlace = async (place: number): Promise<void> => {
      const changed = Buffer.from(forged.bytes);
      changed[place] = (changed[place] as number) ^ 1;
      writeFileSync(join(forged.folder, `forged-${place}.json`), changed);
      const { code, stdout, stderr } = await schemactl(forged.folder, ['apply', `forged-${place}.json`, '--env', 'production', '--yes']);
      expect([8, 1], `byte ${place}: ${stderr}`).toContain(code);
      expect(stderr).toMatch(/^error\[SC6\d{3}\] /m);
      expect(stderr).toMatch(/^ {2}hint: /m);
      expect(stdout).toMatch(/^Nothing was changed in /);
    };
    for (let index = 0; index < places.length; index += 4) await Promise.all(places.slice(index, index + 4).map(tryPlace));
    expect(written()).toBe('');
  });

  it('and as it is it is applied, which that log does show', { timeout: 60_000 }, async () => {
    expect(readFileSync(join(forged.folder, 'plan.json')).equals(forged.bytes)).toBe(true);
    const { code, stderr } = await schemactl(forged.folder, ['apply', 'plan.json', '--env', 'production', '--yes']);
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    const log = written();
    expect(log).toContain('connection authorized');
    expect(forged.statements.length).toBeGreaterThan(1);
    for (const statement of forged.statements) expect(log).toContain(statement);
  });
});
