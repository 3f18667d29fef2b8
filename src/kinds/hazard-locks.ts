/** Hazards of plans that hold others up: rewrites, scans, locks, long builds; what is at stake with each, and how to avoid it. */
import type { HazardEntry } from './hazard-entry.js';

export const HAZARDS_OF_LOCKS: Readonly<Record<string, HazardEntry>> = {
  'add-column-constrained-domain': {
    title: 'a new column has values of a domain with constraints',
    stake: 'PostgreSQL tests the value for every row and writes the table anew, and nobody can read or write it meanwhile.',
    hint: 'choose an hour of little load, or give the column the type that the domain is made of',
  },
  'add-column-volatile-default': {
    title: 'a new column has a default that may differ per row',
    stake: 'The table is written anew to give every row its value, and nobody can read or write it meanwhile.',
    hint: 'plan without --direct: the column is added empty and filled in batches',
  },
  'add-fk-valid': {
    title: 'a foreign key is checked as it is added',
    stake: 'All rows are compared while writers of both tables wait; one row without its match makes the step fail.',
    hint: 'plan without --direct: the key is added NOT VALID and validated later',
  },
  'add-identity': {
    title: 'a column numbers itself from now on',
    stake: 'Numbering begins at the start of the sequence, whatever the column holds, so inserts may meet numbers that are in use.',
    hint: 'set the start above the largest value, or setval after applying',
  },
  'add-required-column': {
    title: 'a new column is NOT NULL and has no default',
    stake: 'It cannot be added while the table has rows, and programs that do not know it fail when they insert.',
    hint: 'give it a default, or say by backfill how existing rows get their values',
  },
  'add-serial-column': {
    title: 'a new column numbers the rows',
    stake: 'The table is written anew to give every row its number, and nobody can read or write it meanwhile.',
    hint: 'plan without --direct: the column is added empty and filled in batches',
  },
  'add-stored-generated': {
    title: 'a stored generated column is computed for every row',
    stake:
      'The table is written anew, and nobody can read or write it meanwhile. No statement of PostgreSQL 14 to 18 makes a plain column that was filled before a generated one; only a second table does without, where nothing is in its way.',
    hint: 'take out of the way what the message names (a key, a plan of its own), or make it virtual (18), or choose an hour of little load',
  },
  'attach-partition': {
    title: 'a partition is attached where rows are read or refused for it',
    stake:
      'Without a check that proves it, the new partition and the DEFAULT partition are read whole under a lock to see that no row is in the wrong place. With one, the DEFAULT partition refuses rows of the new one until that is attached.',
    hint: 'plan without --direct: the checks are added and validated before; attach partitions before their rows come',
  },
  'backfill-fires-triggers': {
    title: 'a backfill updates every row, and triggers fire',
    stake:
      'Triggers on UPDATE run once for every row as if a program had written it: a column of last changes moves, logs and queues fill.',
    hint: 'let the trigger pass over updates that change nothing it is about (UPDATE OF columns, WHEN), or allow it',
  },
  'change-type-collation': {
    title: 'another collation builds indexes anew',
    stake:
      'Order and equality change, so the indexes on the column are built again while nobody can read or write the table. Unique indexes may find duplicates.',
    hint: 'choose an hour of little load',
  },
  'change-type-rewrite': {
    title: 'another column type writes the table anew',
    stake: 'Nobody can read or write the table meanwhile, and all its indexes are built again.',
    hint: 'add a new column of the new type and fill it in batches, or choose an hour of little load',
  },
  'create-index-nonconcurrent': {
    title: 'an index is built while writers wait',
    stake: 'All writes to the table wait until the index is built, which takes minutes for large tables.',
    hint: 'plan without --direct: CREATE INDEX CONCURRENTLY does not block writes',
  },
  'create-table-with-fk': {
    title: 'a new table refers to an existing one',
    stake: 'Adding the key takes a lock on the existing table for which running writers are waited for, and new ones queue behind.',
    hint: 'nothing, if its transactions are short; the lock timeout limits the wait',
  },
  'detach-partition': {
    title: 'a partition leaves its parent',
    stake: 'Its rows are no longer seen through the parent; rows elsewhere that refer to them through the parent make the step fail.',
    hint: 'make sure that readers of the parent do not need the rows',
  },
  'domain-add-constraint': {
    title: "all rows of a domain's columns are read",
    stake:
      'Tables with columns of the domain are read whole under a lock that blocks writes; one value that breaks the rule makes the step fail.',
    hint: 'correct the values first, or choose an hour of little load',
  },
  'drop-fk-locks-parent': {
    title: 'dropping a foreign key locks both tables',
    stake: 'Triggers are taken off the other table too, so its readers and writers wait for a moment.',
    hint: 'nothing, if its transactions are short; the lock timeout limits the wait',
  },
  'drop-index-nonconcurrent': {
    title: 'an index is dropped while queries wait',
    stake: 'Dropping takes a lock that waits for all running queries of the table, and all new ones queue behind.',
    hint: 'plan without --direct: DROP INDEX CONCURRENTLY does not block',
  },
  'fk-not-valid-still-locks-parent': {
    title: 'a foreign key takes a short lock on the table that it refers to',
    stake: 'Even without checking rows, triggers are added to the other table, and its writers wait for a moment.',
    hint: 'nothing, if its transactions are short; the lock timeout limits the wait',
  },
  'materialized-view-build': {
    title: 'the query of a materialized view runs in full',
    stake: 'It takes the time and the temporary disk space of the query, in one transaction that holds back VACUUM.',
    hint: 'choose an hour of little load',
  },
  'replace-index': {
    title: 'an index is missing while it is built again',
    stake: 'Queries that use the index read more until it is back, and a unique one does not guard the rows meanwhile.',
    hint: 'add the new index under another name first, and drop the old one in a later plan',
  },
  'set-not-null-scan': {
    title: 'all rows are read to find nulls',
    stake: 'Nobody can read or write the table until all of it was read; a single null makes the step fail.',
    hint: 'plan without --direct: a CHECK that is validated without that lock goes before',
  },
  'set-tablespace': {
    title: 'files are copied to another tablespace',
    stake: 'The whole relation is copied while queries that use it wait.',
    hint: 'choose an hour of little load',
  },
  'table-moves-over': {
    title: 'a second table takes the place of a table',
    stake:
      'Its rows are there twice until the contract phase, every write is made twice, and a row that the new table would refuse is refused from the expand phase on.',
    hint: 'have room for a second copy, and a partition for every row (DEFAULT takes the rest); a column that is computed anew is there from the contract phase on',
  },
  'table-rewrite': {
    title: 'a whole table is written anew',
    stake:
      'Nobody can read or write the table meanwhile, and it takes disk space for a second copy and as much WAL. That takes about a minute for each few gigabytes.',
    hint: 'choose an hour of little load, or add a new column and fill it in batches',
  },
};
