/** What the ledger needs of the role that applies: to be made, or to be written to. Asks only. */
import type { ClientBase } from 'pg';
import { LEDGER_FORMAT, LEDGER_SCHEMA } from './ledger-tables.js';
import type { Need } from './need.js';

export interface LedgerLacks {
  /** 'make': the schema is there, and empty; 'write': so are the tables; 'own': they are to be brought up to date. */
  readonly to: 'make' | 'write' | 'own';
  readonly owner: string;
}

export interface LedgerNeeds {
  readonly needs: readonly Need[];
  readonly lacks: LedgerLacks | null;
}

/** has_table_privilege says false, and not an error, to a role that may not even use the schema. */
const ACCESS = `
  select pg_catalog.pg_get_userbyid(n.nspowner) as owner,
         pg_catalog.pg_has_role(n.nspowner, 'USAGE') as owns,
         pg_catalog.has_schema_privilege(n.oid, 'USAGE') as uses,
         pg_catalog.has_schema_privilege(n.oid, 'CREATE') as creates,
         exists (select from pg_catalog.pg_class c where c.relnamespace = n.oid) as occupied,
         not exists (select from pg_catalog.pg_class c, pg_catalog.unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
                      where c.relnamespace = n.oid and c.relkind = 'r' and c.relname <> 'meta'
                        and (p <> 'DELETE' or c.relname in ('progress', 'transitions'))
                        and not pg_catalog.has_table_privilege(c.oid, p)) as writes
    from pg_catalog.pg_namespace n
   where n.nspname = '${LEDGER_SCHEMA}'`;

export async function ledgerNeeds(client: ClientBase, role: string): Promise<LedgerNeeds> {
  const { rows } = await client.query(ACCESS);
  const found = rows[0];
  const by = [`the ledger (schema ${LEDGER_SCHEMA}), which the first apply makes`];
  if (found === undefined) return { needs: [{ privilege: 'CREATE', role, on: 'database', by }], lacks: null };
  const lacks = (to: LedgerLacks['to']): LedgerNeeds => ({ needs: [], lacks: { to, owner: found.owner } });
  if (!found.occupied) return found.uses && found.creates ? { needs: [], lacks: null } : lacks('make');
  if (!found.uses || !found.writes) return lacks('write');
  if (found.owns) return { needs: [], lacks: null };
  const { rows: meta } = await client.query<{ format: number }>(`select format from ${LEDGER_SCHEMA}.meta`);
  return (meta[0]?.format ?? LEDGER_FORMAT) < LEDGER_FORMAT ? lacks('own') : { needs: [], lacks: null };
}
