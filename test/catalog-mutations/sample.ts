/** A sample that is the same for the same seed; knows nothing of what it samples. */

export function sampleOf<T>(items: readonly T[], size: number, seed: number): readonly T[] {
  const next = random(seed);
  const rest = [...items];
  const chosen: T[] = [];
  while (chosen.length < size && rest.length > 0) chosen.push(...rest.splice(Math.floor(next() * rest.length), 1));
  return chosen;
}

/** mulberry32: 32 bits of state are enough to draw from a few hundred. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
