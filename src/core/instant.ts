/** Points in time in words; knows no clock. */

/** ISO 8601 in UTC -> "2026-03-01 12:00:00 UTC". */
export function instantWords(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}
