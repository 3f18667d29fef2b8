/** The catalogs that hold no schema of a database, each with its reason. */
import type { Majors } from './ledger.js';

export interface OtherCatalog extends Majors {
  readonly name: string;
  readonly reason: string;
}

const other = (name: string, reason: string, majors: Partial<Majors> = {}): OtherCatalog => ({
  name,
  reason,
  since: null,
  until: null,
  ...majors,
});

const CLUSTER = 'belongs to the cluster, not to a database';

export const withoutSchema: readonly OtherCatalog[] = [
  other('pg_database', `databases: ${CLUSTER}`),
  other('pg_largeobject', 'large objects are data'),
  other('pg_largeobject_metadata', 'large objects are data'),
  other('pg_replication_origin', 'progress of replication'),
  other('pg_shdepend', `what depends on roles and tablespaces: follows from owners, privileges, policies and tablespaces`),
  other('pg_shseclabel', `security labels on databases, roles and tablespaces: ${CLUSTER}; those on subscriptions are read`),
  other('pg_statistic', 'statistics of the rows, collected by ANALYZE'),
  other('pg_statistic_ext_data', 'statistics of the rows, collected by ANALYZE'),
  other('pg_subscription_rel', 'progress of replication'),
  other('pg_tablespace', `tablespaces: ${CLUSTER}; relations name theirs`),
];
