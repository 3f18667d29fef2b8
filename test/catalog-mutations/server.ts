/** What changes of catalog columns need of a server: roles and a tablespace, which belong to no database. */
import type pg from 'pg';

const ROLES: readonly (readonly [name: string, options: string])[] = [
  ['mutation_a', ''],
  ['mutation_b', ''],
  ['mutation_super', 'superuser'],
  ['mutation_super2', 'superuser'],
];

/** They stay: other test files may use them at the same time. */
export async function prepareServer(client: pg.Client): Promise<void> {
  for (const [name, options] of ROLES) await ignoringExisting(client, `create role ${name} ${options}`);
  await client.query('set allow_in_place_tablespaces = on');
  await ignoringExisting(client, `create tablespace mutation_space location ''`);
}

async function ignoringExisting(client: pg.Client, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    const { code = '' } = error as { readonly code?: string };
    // duplicate_object; unique_violation when two make it at once.
    if (!['42710', '23505'].includes(code)) throw error;
  }
}
