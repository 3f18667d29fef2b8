/** "Did you mean": the nearest of the known words to one that is not known; knows nothing of what the words are for. */

/** Edits (insert, delete, replace, swap of neighbours) between two words, or `limit + 1` when there are more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((current[j] as number) + 1, (next[j - 1] as number) + 1, (current[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (previous[j - 2] as number) + 1);
      next.push(best);
    }
    previous = current;
    current = next;
  }
  return current[b.length] as number;
}

/** The known word nearest to `word`, or null when none is near enough to be meant. */
export function nearest(word: string, known: Iterable<string>): string | null {
  // A single letter is near to every other one.
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_\s]/g, '');
  const { length } = plain(word);
  const limit = Math.min(Math.max(1, Math.floor(length / 3)), length - 1);
  let found: string | null = null;
  let least = limit + 1;
  for (const candidate of known) {
    const edits = distance(plain(word), plain(candidate), limit);
    if (edits < least) [found, least] = [candidate, edits];
  }
  return found;
}
