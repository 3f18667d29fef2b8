/** Says whether two databases have the same schema, by pg_dump; knows databases only by their URLs. */
import { compareDumps, type DumpComparison } from './dump-normaliser.js';
import { dumpStatements } from './dump-statements.js';
import { pgDump, psql } from './postgres-programs.js';

export interface Verdict extends DumpComparison {
  /** Equal only once both dumps were loaded and dumped again: the deparser's text is not a fixpoint. */
  readonly afterReload: boolean;
  /** Why dumps that differ could not be loaded again, so that the first comparison stands. */
  readonly reloadError: string | null;
}

/** A place for databases that are needed for a moment. */
export interface DatabaseSource {
  newDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }>;
}

const NAME = String.raw`(?:"(?:[^"]|"")*"|\S+)`;
const SETTING = new RegExp(`^(ALTER DATABASE |ALTER ROLE ${NAME} IN DATABASE )${NAME}( SET )`);

/**
 * The whole schema of a database, but for what applying a plan keeps there for itself. Settings of the database are written only with
 * --create, between two \\connect: they are kept, with psql's word for the database in place of its name; what else that brings is not.
 */
export async function schemaDump(url: string): Promise<string> {
  const dump = await pgDump(url, ['--schema-only', '--create', '--exclude-schema=schemactl']);
  const [, ...parts] = dump.split(/^\\connect .*$/m);
  const schema = parts.pop() ?? dump;
  const settings = parts.flatMap(dumpStatements).filter((statement) => SETTING.test(statement));
  const named = settings.map((statement) => `${statement.replace(SETTING, '$1:"DBNAME"$2')};\n`);
  return [...named, schema.replace(/^(?:GRANT|REVOKE) .* ON DATABASE .*;$|^COMMENT ON DATABASE .*;$/gm, '')].join('');
}

/** Nothing in a dump but settings. */
export function isEmptyDump(dump: string): boolean {
  return dumpStatements(dump).every((statement) => /^(?:SET \w+ = |SELECT pg_catalog\.set_config\()/.test(statement));
}

/**
 * An expression that PostgreSQL deparses can read back as an equivalent other text: ANY ((ARRAY['a'::character varying])::text[]) becomes
 * ANY (ARRAY[('a'::character varying)::text]). So dumps that differ are both loaded into new databases and dumped again. What differs
 * but in the deparser's words still differs then.
 */
export async function judge(actual: string, expected: string, kept: ReadonlySet<string>, databases: DatabaseSource): Promise<Verdict> {
  const found = compareDumps(actual, expected, kept);
  if (found.equal) return { ...found, afterReload: false, reloadError: null };
  try {
    const again = compareDumps(await reload(actual, databases), await reload(expected, databases), kept);
    return { ...again, afterReload: again.equal, reloadError: null };
  } catch (error) {
    return { ...found, afterReload: false, reloadError: (error as Error).message };
  }
}

async function reload(dump: string, databases: DatabaseSource): Promise<string> {
  const database = await databases.newDatabase();
  try {
    // Without their keys, which pgDump takes away, psql refuses these.
    const readable = dump.replace(/^\\(?:un)?restrict$/gm, '');
    // pg_dump 15 says of the identity of an unlogged table that its sequence is logged, which a server before 15 cannot read.
    const isOld = Number(await psql(database.url, 'show server_version_num')) < 150_000;
    await psql(database.url, isOld ? readable.replace(/^ {4}LOGGED\n/gm, '') : readable);
    return await schemaDump(database.url);
  } finally {
    await database.drop();
  }
}

/** Relations with their identity, to tell afterwards which of them are the same ones: "app.orders" as pg_dump names it. */
export const RELATIONS = `select c.oid::text as oid, format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm', 'i', 'I') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemactl')`;

export interface RelationRow {
  readonly oid: string;
  readonly name: string;
}

/** Names, afterwards, of the relations that were there before: what the plan dropped and made again is new. */
export function keptRelations(before: readonly RelationRow[], after: readonly RelationRow[]): ReadonlySet<string> {
  const known = new Set(before.map(({ oid }) => oid));
  return new Set(after.filter(({ oid }) => known.has(oid)).map(({ name }) => name));
}
