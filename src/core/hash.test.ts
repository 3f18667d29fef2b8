/** That hashes speak of the whole content and of nothing else. */
import { describe, expect, it } from 'vitest';
import { fingerprint, isHash, objectHash, sha256 } from './hash.js';

describe('hashes', () => {
  it('are those of the SHA-256 that everyone has', () => {
    expect(sha256('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256(Buffer.from('é'))).toBe(sha256('é'));
    expect(isHash(sha256(''))).toBe(true);
    for (const other of ['', 'sha256:', sha256('').toUpperCase(), `${sha256('')} `, `sha1:${'0'.repeat(64)}`])
      expect(isHash(other)).toBe(false);
  });

  it('of an object follow its address and attributes, not the order of keys', () => {
    const hash = objectHash('table:a', { x: 1, y: { b: [1, 2], a: null } });
    expect(objectHash('table:a', { y: { a: null, b: [1, 2] }, x: 1 })).toBe(hash);
    const others = [
      objectHash('table:b', { x: 1, y: { b: [1, 2], a: null } }),
      objectHash('table:a', { x: '1', y: { b: [1, 2], a: null } }),
      objectHash('table:a', { x: 1, y: { b: [2, 1], a: null } }),
      objectHash('table:a', { x: 1, y: { b: [1, 2] } }),
    ];
    expect(new Set([hash, ...others]).size).toBe(5);
  });

  it('of a state follow its content, not its order, and cannot be confused', () => {
    const [a, b] = [sha256('a'), sha256('b')];
    const both = fingerprint(
      new Map([
        ['x', a],
        ['y', b],
      ]),
    );
    expect(
      fingerprint(
        new Map([
          ['y', b],
          ['x', a],
        ]),
      ),
    ).toBe(both);
    const others = [
      new Map([
        ['x', b],
        ['y', a],
      ]),
      new Map([['x', a]]),
      new Map<string, string>(),
      new Map([[`x","${a}"],["y`, b]]),
    ];
    expect(new Set([both, ...others.map(fingerprint)]).size).toBe(5);
  });
});
