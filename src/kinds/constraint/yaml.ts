/** Constraints in YAML: `primary_key`, `uniques`, `checks`, `exclusions` and `foreign_keys` of a table. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, optionsOf, recordOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { chosenName, joinedColumns } from '../default-name.js';
import { writeElements } from '../index-elements.js';
import { quoteIdent, quoteName } from '../quote.js';
import { finishing, followsParent, INDEX_KEYS, include, inTurn, storage } from '../yaml-index.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlStatement, YamlView } from '../yaml-slot.js';
import {
  atKey,
  bareExpression,
  bareOrNone,
  described,
  EXPRESSION,
  expression,
  FLAG,
  join,
  localName,
  NAMES,
  nameList,
  nameOf,
  parameterValues,
  sqlClause,
  sqlElement,
  TEXT,
} from '../yaml-text.js';

const DEFERRAL: { readonly [key: string]: JsonObject } = {
  deferrable: described('May be checked at the end of the transaction.', FLAG),
  initially_deferred: described('Is checked there unless told otherwise; implies deferrable.', FLAG),
};

const KEY: { readonly [key: string]: JsonObject } = {
  columns: described('Columns of the key, by their exact names.', NAMES, ['tenant_id', 'number']),
  without_overlaps: described('The last column is a range that must not overlap (PostgreSQL 18).', FLAG),
  ...INDEX_KEYS,
  ...DEFERRAL,
};

const VALIDITY: { readonly [key: string]: JsonObject } = {
  not_valid: described('Existing rows were not checked.', FLAG),
  not_enforced: described('It only informs (PostgreSQL 18).', FLAG),
};

function deferral(entry: YamlEntry): SqlText {
  if (entry.flag('initially_deferred')) return [' DEFERRABLE INITIALLY DEFERRED'];
  return entry.flag('deferrable') ? [' DEFERRABLE'] : [];
}

function validity(entry: YamlEntry): SqlText {
  return entry.flag('not_enforced') ? [' NOT ENFORCED'] : entry.flag('not_valid') ? [' NOT VALID'] : [];
}

/** `ALTER TABLE … ADD CONSTRAINT name …`, in its turn, and what needs a statement more. */
function add(entry: YamlEntry, place: YamlPlace, body: SqlText, index: boolean): readonly YamlStatement[] {
  const { owner } = place;
  if (owner === null) return [];
  const name: SqlText = entry.name === null ? [] : ['CONSTRAINT ', atKey(entry, quoteIdent(entry.name)), ' '];
  const statement: YamlStatement = {
    sql: [`ALTER TABLE ${quoteName(owner.parts)} ADD `, ...name, ...body],
    ...(index ? inTurn(owner) : {}),
  };
  return index ? [statement, ...finishing(entry, place, entry.name)] : [statement];
}

/** With WITHOUT OVERLAPS or PERIOD it is always the last column that is the range. */
function keyColumns(entry: YamlEntry): SqlText {
  const list = entry.get('columns');
  if (list === null) return [];
  return [
    '(',
    ...join(
      list.items().map((item) => [nameOf(item)]),
      ', ',
    ),
    entry.flag('without_overlaps') ? ' WITHOUT OVERLAPS)' : ')',
  ];
}

const indexTail = (entry: YamlEntry): SqlText => [...include(entry), ...storage(entry, 'USING INDEX TABLESPACE')];

function foreignKey(entry: YamlEntry, place: YamlPlace): SqlText {
  const [columns, references] = [entry.get('columns'), entry.get('references')];
  if (columns === null || references === null) return [];
  const names = columns.items().map((item): SqlText => [nameOf(item)]);
  const last = names.at(-1);
  if (entry.flag('period') && last !== undefined) names.splice(-1, 1, ['PERIOD ', ...last]);
  const only = entry.get('on_delete_columns');
  const action = (key: string, words: string): string => {
    const member = entry.get(key);
    return member === null ? '' : ` ${words} ${member.text().toUpperCase()}`;
  };
  return [
    'FOREIGN KEY (',
    ...join(names, ', '),
    ') REFERENCES ',
    ...sqlClause(references, place),
    entry.get('match')?.text() === 'full' ? ' MATCH FULL' : '',
    action('on_update', 'ON UPDATE'),
    action('on_delete', 'ON DELETE'),
    ...(only === null ? [] : [' ', ...nameList(only)]),
    ...deferral(entry),
    ...validity(entry),
  ];
}

function exclusion(entry: YamlEntry, place: YamlPlace): SqlText {
  const [method, elements, where] = [entry.get('using'), entry.get('elements'), entry.get('where')];
  return [
    'EXCLUDE ',
    ...(method === null ? [] : ['USING ', nameOf(method), ' ']),
    '(',
    ...join(
      (elements?.items() ?? []).map((item) => [sqlElement(item, place)]),
      ', ',
    ),
    ')',
    ...indexTail(entry),
    ...(where === null ? [] : [' WHERE ', ...expression(where, place)]),
    ...deferral(entry),
  ];
}

const onlyTrue = (value: boolean): true | undefined => (value ? true : undefined);

function deferralKeys(object: SchemaObject): YamlMap {
  const later = flagOf(object, 'initially_deferred');
  return { deferrable: onlyTrue(flagOf(object, 'deferrable') && !later), initially_deferred: onlyTrue(later) };
}

function validityKeys(object: SchemaObject): YamlMap {
  const unenforced = object.attributes.enforced === false;
  return { not_enforced: onlyTrue(unenforced), not_valid: onlyTrue(!unenforced && object.attributes.validated === false) };
}

function indexKeys(object: SchemaObject): YamlMap {
  const [included, statistics] = [textsOf(object, 'include'), recordOf(object, 'statistics')];
  return {
    include: included.length === 0 ? undefined : included,
    with: parameterValues(optionsOf(object)),
    tablespace: textOf(object, 'tablespace') ?? undefined,
    clustered: onlyTrue(flagOf(object, 'clustered')),
    statistics: Object.keys(statistics).length === 0 ? undefined : (statistics as YamlMap),
  };
}

/** DEPENDS ON EXTENSION is for SQL to say. */
const isBound = (object: SchemaObject): boolean => textsOf(object, 'depends_on_extensions').length > 0;

function keyKeys(object: SchemaObject): YamlMap | null {
  if (isBound(object)) return null;
  return {
    columns: textsOf(object, 'columns'),
    nulls_not_distinct: onlyTrue(flagOf(object, 'nulls_not_distinct')),
    without_overlaps: onlyTrue(flagOf(object, 'without_overlaps')),
    ...indexKeys(object),
    ...deferralKeys(object),
  };
}

function foreignKeys(object: SchemaObject, view: YamlView): YamlMap {
  const action = (name: string): string | undefined => {
    const value = textOf(object, name);
    return value === null || value === 'no action' ? undefined : value;
  };
  const period = flagOf(object, 'without_overlaps');
  const names = textsOf(object, 'references_columns').map(quoteIdent);
  if (period) names.push(`PERIOD ${names.pop() ?? ''}`);
  const only = textsOf(object, 'on_delete_columns');
  return {
    columns: textsOf(object, 'columns'),
    references: `${localName(textOf(object, 'references') ?? '', view.schema)}(${names.join(', ')})`,
    period: onlyTrue(period),
    match: textOf(object, 'match') === 'full' ? 'full' : undefined,
    on_update: action('on_update'),
    on_delete: action('on_delete'),
    on_delete_columns: only.length === 0 ? undefined : only,
    ...deferralKeys(object),
    ...validityKeys(object),
  };
}

const isType =
  (type: string) =>
  (object: SchemaObject): boolean =>
    textOf(object, 'type') === type;

/** Names with CLUSTER ON or statistics on them are needed. */
function unlessSpokenOf(object: SchemaObject, name: string | null): string | null {
  return flagOf(object, 'clustered') || Object.keys(recordOf(object, 'statistics')).length > 0 ? null : name;
}

const tableName = (object: SchemaObject): string => object.parts[1] ?? '';
const indexed = (object: SchemaObject): readonly string[] => [...textsOf(object, 'columns'), ...textsOf(object, 'include')];

/** A check of one column has its name in its own. */
function checkName(object: SchemaObject, view: YamlView): string {
  const columns = object.dependsOn.filter((address) => view.state.get(address)?.parent === object.parent && address.startsWith('column:'));
  return chosenName(tableName(object), columns.length === 1 ? (view.state.get(columns[0] ?? '')?.parts.at(-1) ?? null) : null, 'check');
}

/** A partition's key that the partitioned table's brings along, under the name that PostgreSQL gives it. */
function implied(object: SchemaObject, view: YamlView): boolean {
  const children = view.children(object.address);
  const attachment = children.find((child) => child.kind === 'index_attachment');
  const parent = attachment?.dependsOn.find((address) => address !== object.address && address.startsWith('constraint:'));
  if (!followsParent(object, children, parent === undefined ? undefined : view.state.get(parent))) return false;
  const name = object.parts[2];
  return isType('primary')(object)
    ? name === chosenName(tableName(object), null, 'pkey')
    : isType('unique')(object) && name === chosenName(tableName(object), joinedColumns(indexed(object)), 'key');
}

const NULLS_NOT_DISTINCT = { nulls_not_distinct: described('Two nulls count as equal (PostgreSQL 15 and later).', FLAG) };
const ACTION: JsonObject = { type: 'string', enum: ['no action', 'restrict', 'cascade', 'set null', 'set default'] };

export const yaml: readonly YamlSlot[] = [
  {
    section: 'primary_key',
    within: ['tables'],
    carries: ['comment', 'index_comment'],
    description: 'The primary key: a list of columns, or a map.',
    example: ['id'],
    order: 30,
    form: 'single',
    nameable: true,
    properties: KEY,
    required: ['columns'],
    short: 'columns',
    hints: ['renamed_from'],
    statements: (entry, place) => add(entry, place, ['PRIMARY KEY ', ...keyColumns(entry), ...indexTail(entry), ...deferral(entry)], true),
    claims: isType('primary'),
    keys: keyKeys,
    implied,
    brings: ['index_attachment'],
    defaultName: (object) => unlessSpokenOf(object, chosenName(tableName(object), null, 'pkey')),
  },
  {
    section: 'uniques',
    within: ['tables'],
    carries: ['comment', 'index_comment'],
    description: 'Unique constraints: names and columns, or a list where PostgreSQL chooses the names.',
    example: [{ columns: ['email'] }],
    order: 31,
    form: 'optional',
    properties: { ...KEY, ...NULLS_NOT_DISTINCT },
    required: ['columns'],
    short: 'columns',
    hints: ['renamed_from'],
    statements: (entry, place) =>
      add(
        entry,
        place,
        [
          entry.flag('nulls_not_distinct') ? 'UNIQUE NULLS NOT DISTINCT ' : 'UNIQUE ',
          ...keyColumns(entry),
          ...indexTail(entry),
          ...deferral(entry),
        ],
        true,
      ),
    claims: isType('unique'),
    keys: keyKeys,
    implied,
    brings: ['index_attachment'],
    defaultName: (object) => unlessSpokenOf(object, chosenName(tableName(object), joinedColumns(indexed(object)), 'key')),
  },
  {
    section: 'foreign_keys',
    within: ['tables'],
    carries: ['comment'],
    description: 'Foreign keys: names and what they refer to, or a list where PostgreSQL chooses the names.',
    example: [{ columns: ['customer_id'], references: 'customers(id)' }],
    order: 32,
    form: 'optional',
    properties: {
      columns: described('Referencing columns, by their exact names.', NAMES, ['tenant_id', 'number']),
      references: described(
        'What they refer to, in SQL: customers(id).',
        {
          ...TEXT,
          pattern: '^[^()]+(\\([^()]*\\))?\\s*$',
          title: 'a table and its columns such as customers(id)',
        },
        'customers(id)',
      ),
      period: described('The last column is a period (PostgreSQL 18).', FLAG),
      match: described('What a key with nulls in some columns means; default simple.', { type: 'string', enum: ['simple', 'full'] }),
      on_update: described('What an update of the other row does; default no action.', ACTION),
      on_delete: described('What a delete of the other row does; default no action.', ACTION),
      on_delete_columns: described('Columns that SET NULL or SET DEFAULT changes (PostgreSQL 15 and later).', NAMES, ['customer_id']),
      ...DEFERRAL,
      ...VALIDITY,
    },
    required: ['columns', 'references'],
    hints: ['renamed_from'],
    statements: (entry, place) => add(entry, place, foreignKey(entry, place), false),
    claims: isType('foreign'),
    keys: foreignKeys,
    defaultName: (object) => chosenName(tableName(object), joinedColumns(textsOf(object, 'columns')), 'fkey'),
  },
  {
    section: 'checks',
    within: ['tables'],
    carries: ['comment'],
    description: 'Checks: names and expressions, or a list where PostgreSQL chooses the names.',
    example: { positive: 'total >= 0' },
    order: 33,
    form: 'optional',
    properties: {
      expression: described('What must not be false.', EXPRESSION, 'total >= 0'),
      no_inherit: described('Children do not get it.', FLAG),
      ...VALIDITY,
    },
    required: ['expression'],
    short: 'expression',
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const inner = entry.get('expression');
      const body = inner === null ? [] : expression(inner, place);
      return add(entry, place, ['CHECK ', ...body, entry.flag('no_inherit') ? ' NO INHERIT' : '', ...validity(entry)], false);
    },
    claims: isType('check'),
    keys: (object) => ({
      expression: bareExpression(textOf(object, 'expression') ?? ''),
      no_inherit: onlyTrue(flagOf(object, 'no_inherit')),
      ...validityKeys(object),
    }),
    defaultName: checkName,
  },
  {
    section: 'exclusions',
    within: ['tables'],
    carries: ['comment', 'index_comment'],
    description: 'Exclusion constraints: names and what excludes what, or a list where PostgreSQL chooses the names.',
    example: { no_overlap: { elements: ['room with =', 'during with &&'], using: 'gist' } },
    order: 34,
    form: 'optional',
    properties: {
      using: described('Index access method; default btree.', TEXT, 'gist'),
      elements: described(
        'Elements with their operators: "room with =", "during with &&".',
        {
          type: 'array',
          items: TEXT,
          minItems: 1,
          title: 'a list such as [room with =, during with &&]',
        },
        ['room with =', 'during with &&'],
      ),
      where: described('Rows that it speaks of.', EXPRESSION, 'not cancelled'),
      ...INDEX_KEYS,
      ...DEFERRAL,
    },
    required: ['elements'],
    hints: ['renamed_from'],
    statements: (entry, place) => add(entry, place, exclusion(entry, place), true),
    claims: isType('exclusion'),
    keys: (object) =>
      isBound(object)
        ? null
        : {
            using: textOf(object, 'method') ?? undefined,
            elements: recordsOf(object, 'elements').map((element) => writeElements([element])),
            where: bareOrNone(textOf(object, 'predicate')),
            ...indexKeys(object),
            ...deferralKeys(object),
          },
    brings: ['index_attachment'],
  },
];
