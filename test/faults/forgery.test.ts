/** Every other value of every byte of a signed plan, which takes minutes; a part of it is in test/forgery.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyByte, type Forge, forge, newTally, tryForged } from '../support/forgery.js';

let forged: Forge;
let before: number;

beforeAll(async () => {
  forged = await forge();
  before = forged.log().length;
});

afterAll(() => forged.close());

const values = Array.from({ length: 256 }, (_, value) => value);

describe.sequential('with a trusted key, a signed plan', () => {
  it('with any byte taken out or put in, or cut off at any length, is refused the same way', async () => {
    const tally = newTally();
    const { bytes } = forged;
    for (let index = 0; index < bytes.length; index += 1) {
      const [head, tail] = [bytes.subarray(0, index), bytes.subarray(index)];
      await tryForged(forged, Buffer.concat([head, tail.subarray(1)]), `without byte ${index}`, tally);
      await tryForged(forged, Buffer.concat([head, Buffer.from(' '), tail]), `with a space at ${index}`, tally);
      await tryForged(forged, Buffer.concat([head, tail.subarray(0, 1), tail]), `byte ${index} twice`, tally);
      await tryForged(forged, head, `${index} bytes`, tally);
    }
    await tryForged(forged, Buffer.concat([bytes, Buffer.from(' ')]), 'a space at the end', tally);
    console.log(`${tally.tried} files of another length: ${JSON.stringify(tally.codes)}`);
    expect(tally.wrong).toEqual([]);
    expect(forged.log(before)).toBe('');
  });

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
