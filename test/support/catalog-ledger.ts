/** Compares the ledger of catalog columns with a live server, whose own list of catalogs and columns is what counts. */
import { describe, expect, it } from 'vitest';
import { schemaCatalogs } from '../../src/kinds/catalog-columns/catalogs.js';
import { isIn, type LedgerCatalog, type LedgerColumn, type Majors } from '../../src/kinds/catalog-columns/ledger.js';
import { withoutSchema } from '../../src/kinds/catalog-columns/no-schema.js';
import { testServer } from './database.js';
import { query } from './sql-query.js';

export interface CatalogColumn {
  readonly catalog: string;
  readonly column: string;
}

/** Every column of every table in pg_catalog, as the server lists them. */
export async function serverColumns(url: string): Promise<readonly CatalogColumn[]> {
  return query<{ catalog: string; column: string }>(
    url,
    `select c.relname as catalog, a.attname as column
       from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      order by c.relname, a.attnum`,
  );
}

/** What the ledger says of a column on a major; undefined: nobody decided. */
export function decisionOn(major: number, { catalog, column }: CatalogColumn): LedgerColumn | undefined {
  return ledgerOn(major)
    .find(({ name }) => name === catalog)
    ?.columns.find(({ name }) => name === column);
}

export function ledgerOn(major: number): readonly LedgerCatalog[] {
  const here = (item: Majors): boolean => isIn(item, major);
  return schemaCatalogs.filter(here).map((catalog) => ({ ...catalog, columns: catalog.columns.filter(here) }));
}

export function ledgerSuite(major: number): void {
  describe(`catalog ledger, PostgreSQL ${major}`, () => {
    it('decides about every column of every schema catalog, and about none that the server lacks', async () => {
      const server = await testServer(major);
      const found = await serverColumns(server.url);
      const ledger = ledgerOn(major);
      const others = new Set(withoutSchema.filter((item) => isIn(item, major)).map(({ name }) => name));
      const listed = ledger.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
      const schema = found.filter(({ catalog }) => !others.has(catalog)).map(({ catalog, column }) => `${catalog}.${column}`);
      const undecided = schema.filter((column) => !listed.includes(column));
      expect(undecided, 'columns that nobody decided about').toEqual([]);
      expect(
        listed.filter((column) => !schema.includes(column)),
        'columns that the server does not have',
      ).toEqual([]);
      const catalogs = new Set(found.map(({ catalog }) => catalog));
      expect(
        [...others].filter((name) => !catalogs.has(name)),
        'catalogs that the server does not have',
      ).toEqual([]);
      const count = (word: string): number => ledger.flatMap(({ columns }) => columns).filter(({ decision }) => word in decision).length;
      console.log(
        `catalog ledger on PostgreSQL ${major}: ${ledger.length} catalogs of schema and ${others.size} without, ${listed.length} columns: ` +
          `${count('read')} read, ${count('derived')} derived, ${count('leftOut')} left out, ${undecided.length} undecided`,
      );
    });
  });
}
