/** How CREATE DATABASE says the encoding and locale of the live database, as far as a server has them; knows no connection. */
import type { ClientBase } from 'pg';
import pg from 'pg';
import type { ServerFacts } from '../catalog/server.js';

/**
 * Encoding always; the provider and locale where this server knows them, else C. Another locale sorts otherwise, which is part of no
 * definition, but decides whether a range of text is empty: partition bounds may then be refused that are right.
 */
export async function localeClause(admin: ClientBase, facts: Pick<ServerFacts, 'major' | 'encoding' | 'locale'>): Promise<string> {
  const { provider, collate, ctype, icu, rules } = facts.locale;
  const quoted = (value: string): string => pg.escapeLiteral(value);
  const known = await knownLocales(admin, [collate, ctype]);
  const libc = [`lc_collate ${quoted(known.has(collate) ? collate : 'C')}`, `lc_ctype ${quoted(known.has(ctype) ? ctype : 'C')}`];
  const clause = [`encoding ${quoted(facts.encoding)}`];
  // ICU as the provider of a database: from 15 on; builtin: from 17 on, and UTF8 alone has its C.UTF-8.
  if (provider === 'i' && icu !== null && (await hasIcu(admin))) {
    clause.push('locale_provider icu', `icu_locale ${quoted(icu)}`);
    if (rules !== null) clause.push(`icu_rules ${quoted(rules)}`);
  } else if (provider === 'b' && icu !== null) clause.push('locale_provider builtin', `builtin_locale ${quoted(icu)}`);
  else if (facts.major >= 15) clause.push('locale_provider libc');
  return [...clause, ...libc].join(' ');
}

/** pg_collation lists what the operating system had when the server was made; a database shows that the server has its locale. */
async function knownLocales(admin: ClientBase, names: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await admin.query(
    `select name from (
       select collcollate::text from pg_catalog.pg_collation where collprovider = 'c'
       union select datcollate::text from pg_catalog.pg_database
       union select datctype::text from pg_catalog.pg_database) known(name)
      where name = any ($1)`,
    [names],
  );
  return new Set(['C', 'POSIX', ...rows.map((row) => String(row.name))]);
}

async function hasIcu(admin: ClientBase): Promise<boolean> {
  const { rows } = await admin.query(`select exists (select from pg_catalog.pg_collation where collprovider = 'i') as there`);
  return rows[0]?.there === true;
}
