/** That a database has the schema that some SQL makes, by pg_dump, but for the order of columns in tables that are there already. */
import { expect } from 'vitest';
import { createDatabase, query } from '../support/database.js';
import { judge, keptRelations, RELATIONS, type RelationRow, schemaDump } from '../support/judge.js';

export async function expectSchema(url: string, sql: string): Promise<void> {
  const other = await createDatabase();
  try {
    await query(other.url, sql);
    const relations = await query<RelationRow>(url, RELATIONS);
    const kept = keptRelations(relations, relations);
    const verdict = await judge(await schemaDump(url), await schemaDump(other.url), kept, { newDatabase: createDatabase });
    expect([...verdict.unexpected, ...verdict.missing]).toEqual([]);
  } finally {
    await other.drop();
  }
}
