/** What functions, procedures and aggregates share in YAML: arguments, signatures, settings and bodies; knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { quoteIdent, quoteLiteral, quoteName, quoteTag } from './quote.js';
import { type Argument, type RoutineAttributes, routineOf } from './routine.js';
import { setClause } from './set-clause.js';
import { tokensFrom } from './tokens.js';
import { bodyKeys, bodyText, queryText } from './yaml-body.js';
import { DEPENDS_ON_EXTENSIONS, extensionDependence, extensionDependenceKeys } from './yaml-extension-dependence.js';
import type { SqlText, YamlEntry, YamlIdentity, YamlMap, YamlPlace, YamlStatement } from './yaml-slot.js';
import {
  atKey,
  atValue,
  described,
  FLAG,
  join,
  listOrNone,
  localType,
  nameOf,
  sqlElement,
  sqlName,
  TEXT,
  trueOrNone,
} from './yaml-text.js';

export const ARGUMENTS: JsonObject = described(
  'Arguments in SQL, one by one: mode, name, type, default.',
  { type: 'array', items: TEXT, title: 'a list of arguments' },
  ['order_id bigint', "reason text default 'none'", 'out refunded boolean'],
);

export const ROUTINE_KEYS: { readonly [key: string]: JsonObject } = {
  arguments: ARGUMENTS,
  language: described('Language of the body; default sql.', TEXT, 'plpgsql'),
  ...bodyKeys('body', 'The body, in its language', 'begin return new; end'),
  ...bodyKeys('sql_body', 'The body of a routine in SQL that is parsed when it is made', 'return a + b'),
  library: described('Library of a routine in C; symbol is its name there.', TEXT, '$libdir/shop'),
  symbol: described('Name of the function in the library, or among the internal ones.', TEXT, 'refund'),
  security_definer: described("It runs with its owner's rights (SECURITY DEFINER).", FLAG),
  set: described(
    'Settings while it runs (SET).',
    { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] }, title: 'a map from settings to values' },
    { search_path: 'app, pg_temp' },
  ),
  transform_types: described('Types whose transforms it uses.', { type: 'array', items: TEXT, minItems: 1, title: 'a list of types' }, [
    'hstore',
  ]),
  ...DEPENDS_ON_EXTENSIONS,
};

/** The text without its default, which names of routines do not have. */
function withoutDefault(argument: string): string {
  let depth = 0;
  for (const token of tokensFrom(argument)) {
    if (token.text === '(' || token.text === '[') depth += 1;
    if (token.text === ')' || token.text === ']') depth -= 1;
    if (depth === 0 && ((token.type === 'word' && token.text === 'default') || token.text === '=' || token.text === ':='))
      return argument.slice(0, token.from).trim();
  }
  return argument.trim();
}

/** The name, and the arguments as ALTER and COMMENT ON take them. */
export function routineIdentity(entry: YamlEntry, parts: readonly string[]): YamlIdentity {
  const types = (entry.get('arguments')?.items() ?? []).map((item) => withoutDefault(item.sql()));
  return { parts, signature: `(${types.join(', ')})` };
}

export function argumentsOf(entry: YamlEntry | null, place: YamlPlace): SqlText {
  return join(
    (entry?.items() ?? []).map((item) => [sqlElement(item, place)]),
    ', ',
  );
}

/** One argument as YAML has it. */
export function argumentText({ name, mode, type }: Argument, value: string | null, schema: string): string {
  return [
    mode === 'in' ? '' : mode,
    name === null ? '' : quoteIdent(name),
    localType(type, schema),
    value === null ? '' : `default ${value}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** What stands between RETURNS and the body, for functions and procedures alike. */
export function routineClauses(entry: YamlEntry, place: YamlPlace, own: SqlText): SqlText {
  const [language, types, settings] = [entry.get('language'), entry.get('transform_types'), entry.get('set')];
  const forTypes = (types?.items() ?? []).map((type): SqlText => ['FOR TYPE ', sqlName(type, place)]);
  return [
    ' LANGUAGE ',
    language === null ? 'sql' : nameOf(language),
    ...(forTypes.length === 0 ? [] : [' TRANSFORM ', ...join(forTypes, ', ')]),
    ...own,
    entry.flag('security_definer') ? ' SECURITY DEFINER' : '',
    ...(settings?.items() ?? []).flatMap((setting) => [' ', atValue(setting, setClause(setting.name ?? '', setting.text()))]),
  ];
}

/** AS '…', or the parsed body. */
export function bodyClause(entry: YamlEntry, place: YamlPlace): SqlText {
  const [library, symbol] = [entry.get('library'), entry.get('symbol')];
  if (library !== null) {
    const name = symbol?.text() ?? entry.name ?? '';
    return [' AS ', atValue(library, quoteLiteral(library.text())), ', ', quoteLiteral(name)];
  }
  if (symbol !== null) return [' AS ', atValue(symbol, quoteLiteral(symbol.text()))];
  const parsed = entry.has('sql_body') || entry.has('sql_body_file') ? queryBody(entry, place) : null;
  if (parsed !== null) return parsed;
  const body = bodyText(entry, place, 'body', true);
  if (body === null) return [];
  const tag = quoteTag(body.sql);
  return [` AS ${tag}`, body, tag];
}

/** BEGIN ATOMIC … END holds semicolons, which the parser tells from the end of the statement. */
function queryBody(entry: YamlEntry, place: YamlPlace): SqlText | null {
  const found = bodyText(entry, place, 'sql_body');
  if (found === null) return [];
  return /^\s*return\b/i.test(found.sql) ? [' ', queryText(entry, place, 'sql_body') ?? ''] : [' ', { ...found, sql: found.sql.trimEnd() }];
}

const BODIES = ['body', 'body_file', 'sql_body', 'sql_body_file', 'library', 'symbol'];

export function routineStatements(word: string, entry: YamlEntry, place: YamlPlace, head: SqlText, own: SqlText): readonly YamlStatement[] {
  if (!BODIES.some((key) => entry.has(key))) {
    const hint = 'add body, body_file, or sql_body';
    place.report({ code: 'SC1043', summary: `${entry.name ?? ''} has no body`, hint }, entry.path, 'key');
  }
  const name = quoteName(place.parts);
  const sql = [
    `CREATE ${word} `,
    atKey(entry, name),
    '(',
    ...argumentsOf(entry.get('arguments'), place),
    ')',
    ...head,
    ...routineClauses(entry, place, own),
    ...bodyClause(entry, place),
  ];
  return [{ sql }, ...extensionDependence(entry, `${word} ${name}${place.signature}`)];
}

/** The keys that functions and procedures share. */
export function routineKeys(object: SchemaObject, schema: string): YamlMap {
  const routine = routineOf(object);
  const names = Object.keys(routine.config).sort();
  return {
    arguments: listOrNone(
      routine.arguments
        .map((argument, index) => ({ argument, value: routine.argument_defaults[index] ?? null }))
        .filter(({ argument }) => argument.mode !== 'table')
        .map(({ argument, value }) => argumentText(argument, value, schema)),
    ),
    language: routine.language === 'sql' ? undefined : routine.language,
    security_definer: trueOrNone(routine.security_definer),
    set: names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, routine.config[name]])),
    transform_types: listOrNone(routine.transforms.map((type) => localType(type, schema))),
    ...extensionDependenceKeys(object),
  };
}

/** Which key the body goes under; it is written last. */
export function bodyValue(object: SchemaObject): YamlMap {
  const { body, sql_body: parsed, library, language }: RoutineAttributes = routineOf(object);
  if (parsed !== null) return { sql_body: parsed };
  if (library !== null) return { library, symbol: body ?? '' };
  return language === 'internal' ? { symbol: body ?? '' } : { body: body ?? '' };
}
