/** Every other value of every byte of a signed plan, which takes minutes; a part of it is in test/forgery.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyByte, type Forge, forge } from '../support/forgery.js';

let forged: Forge;
let before: number;

beforeAll(async () => {
  forged = await forge();
  before = forged.log().length;
});

afterAll(() => forged.close());

const values = Array.from({ length: 256 }, (_, value) => value);

describe('with a trusted key, a signed plan', () => {
  it('with any byte changed to any other is refused with 8 or 1, a code and a hint, and without a connection', async () => {
    const { tried, wrong, codes } = await everyByte(forged, () => values);
    console.log(`${tried} changes of one byte of ${forged.bytes.length}: ${JSON.stringify(codes)}`);
    expect(wrong).toEqual([]);
    expect(tried).toBe(255 * forged.bytes.length);
    expect(forged.log(before)).toBe('');
    expect((await forged.apply(forged.bytes)).status).toBe('done');
    for (const statement of forged.statements) expect(forged.log(before)).toContain(statement);
  });
});
