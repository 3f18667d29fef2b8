/** Numbers and quantities in words; knows nothing of plans. */

/** "1 step", "3 steps", "2 policies". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "1.2 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1_000);
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
}

/** "4.2 GB": powers of 1000, as disks and people count. */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = n;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) [value, unit] = [value / 1_000, unit + 1];
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** "18,204". */
export function thousands(n: number): string {
  return n.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** "about 18,204 rows (4.2 GB)": figures from planner statistics are never exact. */
export function estimate(of: { readonly rows: number; readonly bytes: number } | null): string {
  if (of === null || of.rows < 0) return '';
  return `about ${thousands(of.rows)} ${of.rows === 1 ? 'row' : 'rows'} (${bytes(of.bytes)})`;
}
