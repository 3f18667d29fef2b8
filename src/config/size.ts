/** Amounts of bytes as PostgreSQL's settings have them ("64kB", "16MB", "2GB": powers of 1024); knows nothing of what is measured. */

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Bytes, or null when the text is none. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(B|kB|MB|GB)$/.exec(text);
  return match ? Math.round(Number(match[1]) * (UNITS[match[2] as string] as number)) : null;
}
