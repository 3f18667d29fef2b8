/** What columns that are made anew beside themselves are called for the time being; knows no kind. */
import type { RemadeColumn } from './kind.js';

/** As it is where it is none of them. */
export function remadeName(column: RemadeColumn, name: string): string {
  return [column, ...(column.also ?? [])].find(({ from }) => from === name)?.to ?? name;
}
