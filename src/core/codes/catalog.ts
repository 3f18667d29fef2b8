/** Diagnostics SC4xxx: reading and coverage of a catalog. */
import type { CodeEntry } from './entry.js';

export const CATALOG: Readonly<Record<string, CodeEntry>> = {
  SC4001: {
    title: 'the catalog changed while it was read',
    cause:
      'Another session changes the schema again and again while the catalog is read. A reading that mixes two states would be worth nothing.',
    hint: 'wait for the other session that changes the schema, then run again',
  },
  SC4003: {
    title: 'objects that schemactl does not manage yet',
    cause:
      'The database has objects of kinds that schemactl cannot compare. They are left as they are, and no plan says anything about them. With --strict-coverage (coverage: strict) they are an error that blocks the plan, with exit code 3.',
    hint: 'look after them by other means',
  },
  SC4004: {
    title: 'an invalid index that an interrupted REINDEX CONCURRENTLY left',
    cause:
      'REINDEX CONCURRENTLY was interrupted and left an index whose name ends in _ccnew or _ccold. It is no part of the schema, and no plan touches it.',
    hint: 'drop it with DROP INDEX CONCURRENTLY',
  },
  SC4011: {
    title: 'a table with declared rows holds more than is read of one',
    cause:
      'Without others: keep the rows of a table are exactly the declared ones, so all of them are read, up to 1000 rows and 1 MiB of their declared columns. The table holds more: it may not be the lookup table that was meant.',
    hint: 'declare only some rows of it, with others: keep, and look after the rest by other means',
  },
  SC4012: {
    title: 'a row whose key is null',
    cause:
      'Rows are told apart by the columns of their key. The table holds one where such a column is null, which a unique key allows any number of times.',
    hint: 'give the row a key, delete it, or declare the rows with another key',
  },
  SC4013: {
    title: 'rows that cannot be exported',
    cause:
      'The rows of a table are exported by its primary key, which becomes the key of the declaration. The pattern finds no table, or the table has no primary key.',
    hint: 'name a table that has a primary key, or write its rows by hand with another unique key',
  },
};
