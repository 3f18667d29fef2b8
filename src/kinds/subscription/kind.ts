/**
 * Subscriptions: what a database gets from publications of another server. A plan neither reaches that server nor holds a password; how
 * far replication is (its slot there, skipped changes, the state of tables) is no part of it.
 */
import { textOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { attributes, query } from './catalog.js';
import { alter, create, drop, reference } from './operations.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'subscription',
  rank: 87,
  attributes,
  heldIn: 'pg_catalog.pg_subscription',
  query,
  schema: () => null,
  namespace: reference,
  reference,
  create,
  alter,
  drop,
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      undo: { sql: [`ALTER SUBSCRIPTION ${quoteIdent(to)} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  // Of this database only: they are rows of the cluster. From 16 on others than superusers own some, and they may not lock rows of a catalog.
  pin: (object) =>
    textOf(object, 'origin') === null
      ? {
          sql: `SELECT FROM pg_catalog.pg_subscription WHERE subname = ${quoteLiteral(object.parts[0] ?? '')} AND subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) FOR UPDATE`,
          requires: SUPERUSER,
        }
      : { reason: 'no statement that its owner may run and that leaves a subscription as it is takes a lock on it' },
  sql: statementRules,
  yaml,
};
