/** Procedural languages that are no extension's, each with the functions that run, compile and check its code. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { flag, str } from '../ast.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Ast, Kind, ReadContext, SetChange, StatementMeaning } from '../kind.js';
import { catalogRowPin, privilegesPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { yaml } from './yaml.js';

/** What initdb makes has an oid below 16384. */
function query({ within }: ReadContext): string {
  return `
    select l.tableoid as classid, l.oid as objid, 0 as objsubid, array[l.lanname]::text[] as parts,
           jsonb_build_object('trusted', l.lanpltrusted, 'handler', ${procName('l.lanplcallfoid')},
             'inline', ${procName('l.laninline')}, 'validator', ${procName('l.lanvalidator')}) as attributes
      from pg_catalog.pg_language l
     where l.lanispl and l.oid >= 16384 and ${within('pg_language', 'l.oid')}`;
}

const reference = (object: SchemaObject): string => `LANGUAGE ${quoteName(object.parts)}`;

function createSql(object: SchemaObject, verb: string): string {
  const given = (word: string, attribute: string): readonly string[] => {
    const name = textOf(object, attribute);
    return name === null ? [] : [`${word} ${name}`];
  };
  const head = `${verb} ${flagOf(object, 'trusted') ? 'TRUSTED ' : ''}${reference(object)}`;
  return [head, ...given('HANDLER', 'handler'), ...given('INLINE', 'inline'), ...given('VALIDATOR', 'validator')].join(' ');
}

const replaceSql = (object: SchemaObject): string => createSql(object, 'CREATE OR REPLACE');

/** Without a handler the statement is CREATE EXTENSION in other words, and parsed as that. */
function declaration(node: Ast): StatementMeaning {
  const name = str(node, 'plname');
  return {
    provides: [{ space: 'other', schema: null, name }],
    declares: [{ address: formatAddress('language', [name]), offset: 0, named: true }],
    repeatable: flag(node, 'replace'),
  };
}

export const kind: Kind = {
  name: 'language',
  rank: 16,
  attributes: { trusted: 'exact', handler: 'exact', inline: 'exact', validator: 'exact' },
  heldIn: 'pg_catalog.pg_language where oid >= 16384',
  query,
  schema: () => null,
  namespace: (object) => reference(object),
  reference,
  grantReference: reference,
  create: (object) => [{ sql: createSql(object, 'CREATE'), requires: SUPERUSER, undo: { sql: [`DROP ${reference(object)}`] } }],
  alter: ({ before, after }: SetChange) => ({
    operations: [
      {
        sql: replaceSql(after),
        requires: SUPERUSER,
        hazards: [
          { code: 'replace-language', address: after.address, message: `functions in ${quoteName(after.parts)} are run in another way` },
        ],
        undo: { sql: [replaceSql(before)] },
      },
    ],
  }),
  drop: (object) => [{ sql: `DROP ${reference(object)}`, undo: { sql: [createSql(object, 'CREATE')] } }],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      hazards: [{ code: 'rename-language', address: object.address, message: `CREATE FUNCTION … ${reference(object)} fails` }],
      undo: { sql: [`ALTER LANGUAGE ${quoteIdent(to)} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  // GRANT and REVOKE refuse languages that are not trusted.
  pin: (object) =>
    flagOf(object, 'trusted') ? privilegesPin(reference(object)) : catalogRowPin('pg_language', 'lanname', object.parts[0] ?? ''),
  sql: [{ node: 'CreatePLangStmt', read: declaration }],
  yaml,
};
