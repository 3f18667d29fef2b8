/** What to say about a statement that a desired schema cannot hold, in SQL's own words; decides nothing. */
import type { Diagnostic, Span } from '../../core/diagnostic.js';

/** Words that name what CREATE, ALTER, DROP … work on. */
const OBJECT_WORDS = new Set(
  `access aggregate cast class collation configuration conversion data database default dictionary domain event extension family foreign
   function group index large language mapping materialized method object operator owned parser policy privileges procedure procedural
   publication role rule schema search sequence server statistics subscription system table tablespace template text transform trigger
   type user view wrapper`.split(/\s+/),
);

/** Words between the verb and what it works on. */
const FILLERS = new Set([
  'or',
  'replace',
  'temp',
  'temporary',
  'unlogged',
  'global',
  'local',
  'recursive',
  'unique',
  'trusted',
  'constraint',
]);

const TWO_WORDS = new Set(['start transaction', 'set transaction', 'set constraints', 'prepare transaction', 'refresh materialized']);

/** "DROP TABLE", "COPY", "CREATE DATABASE": how a person would name the statement, from its leading words. */
export function statementName(words: readonly string[]): string {
  const [verb = '', ...rest] = words;
  if (/^(grant|revoke)$/.test(verb) && rest.join(' ').includes('on parameter')) return `${verb} ON PARAMETER`.toUpperCase();
  if (!['create', 'alter', 'drop', 'reassign', 'import', 'security'].includes(verb)) {
    const two = `${verb} ${rest[0] ?? ''}`;
    return (TWO_WORDS.has(two) ? two : verb).toUpperCase();
  }
  const named: string[] = [];
  for (const word of rest) {
    if (OBJECT_WORDS.has(word) || verb === 'import' || verb === 'security') named.push(word);
    else if (named.length > 0 || !FILLERS.has(word)) break;
  }
  return [verb, ...named].join(' ').toUpperCase();
}

const DATA = 'keep data in migrations or seed scripts; a desired schema holds definitions only';
const TRANSACTION = 'remove it: schemactl decides what runs in which transaction';
const CLUSTER = 'create it outside schemactl: it belongs to the server, not to a database';

const HINTS: Readonly<Record<string, string>> = {
  SelectStmt: 'remove it: only definitions are read',
  UpdateStmt: DATA,
  DeleteStmt: DATA,
  MergeStmt: DATA,
  CopyStmt: DATA,
  TruncateStmt: DATA,
  TransactionStmt: TRANSACTION,
  LockStmt: TRANSACTION,
  ConstraintsSetStmt: TRANSACTION,
  RenameStmt: 'declare it under its new name, with the hint: -- schemactl: renamed_from OLD_NAME',
  DoStmt: 'write the definitions themselves; schemactl finds out what exists already',
  CreatedbStmt: CLUSTER,
  DropdbStmt: CLUSTER,
  AlterDatabaseStmt: CLUSTER,
  CreateTableSpaceStmt: CLUSTER,
  AlterSystemStmt: CLUSTER,
  CreateRoleStmt: CLUSTER,
  AlterRoleStmt: CLUSTER,
  AlterRoleSetStmt: CLUSTER,
  GrantRoleStmt: CLUSTER,
  RefreshMatViewStmt: DATA,
  VacuumStmt: 'remove it: maintenance is no part of a schema',
  ReindexStmt: 'remove it: maintenance is no part of a schema',
};

/** The error for a statement that nothing claims; `unasked` is the kind of object that would, were it asked for. */
export function refusal(tag: string, words: readonly string[], span: Span, unasked: string | null = null): Diagnostic {
  const name = statementName(words);
  if (unasked !== null) return notAskedFor(name, span, unasked);
  return {
    code: 'SC1002',
    severity: 'error',
    summary: `${name} is not part of a desired schema`,
    hint: HINTS[tag] ?? 'remove the statement: a desired schema says what exists, not how to get there',
    span,
  };
}

/** The error for what belongs to the whole server, where no pattern asks for `kind`. */
export function notAskedFor(what: string, span: Span, kind: string): Diagnostic {
  return {
    code: 'SC1002',
    severity: 'error',
    summary: `${what} is not part of a desired schema`,
    hint: `${CLUSTER}; or ask for it with --manage '${kind}:NAME'`,
    span,
  };
}
