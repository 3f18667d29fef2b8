/** A draw of tables -> SQL, in an order in which it runs; knows no schemactl. */
import { COLUMNS, type ColumnDraw, GROUPS, type Model, ROLES, TABLES, type TableDraw, TYPES } from './model.js';

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const PRIVILEGES = ['select', 'insert', 'update'] as const;

export interface Grant {
  readonly role: number;
  readonly privilege: number;
  readonly option: boolean;
}

export function commentOn(target: string, comment: string | null): readonly string[] {
  return comment === null ? [] : [`comment on ${target} is ${literal(comment)}`];
}

export function grantOn(target: string, grant: Grant | null, privileges: readonly string[] = PRIVILEGES): readonly string[] {
  if (grant === null) return [];
  const privilege = privileges[grant.privilege % privileges.length];
  return [`grant ${privilege} on ${target} to ${ROLES[grant.role]}${grant.option ? ' with grant option' : ''}`];
}

/** What a column holds: everything about it that another object may need to know. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly draw: ColumnDraw;
  /** Values for row n, as an SQL expression over the integer `n`; null: nothing may be written there. */
  readonly value: string | null;
  /** How its type compares: only these can stand in a btree, a unique constraint, a hash. */
  readonly isOrdered: boolean;
  readonly hasStorage: boolean;
  readonly group: string;
  readonly fallback: string;
  /** Its type takes no null: where it comes to rows it must bring a value. */
  readonly isNeverNull?: boolean;
}

const VALUES: Readonly<Record<string, string>> = {
  number: 'n',
  text: `'t' || n`,
  time: `date '2024-01-01' + n`,
  flag: 'n % 2 = 0',
  document: `json_build_object('n', n)`,
  bytes: `decode('0' || n, 'hex')`,
  uuid: `('00000000-0000-0000-0000-00000000000' || n)::uuid`,
  list: 'array[n]',
  network: `('10.0.0.' || n)::cidr`,
};
const DEFAULTS: Readonly<Record<string, string>> = {
  number: '7',
  text: `'none'`,
  time: `'2020-02-02'`,
  flag: 'true',
  document: `'{"a": 1}'`,
  bytes: `'\\x00'`,
  uuid: `'11111111-1111-1111-1111-111111111111'`,
  list: `'{1,2}'`,
  network: `'10.1.0.0/16'`,
};

/** The column at a place of a table. The group of its type depends on the place alone, and so does whether it is of a type of its own. */
export function columnAt(model: Model, table: number, place: number): Column | null {
  const draw = model.tables[table]?.columns[place];
  if (draw === null || draw === undefined) return null;
  const name = COLUMNS[place] as string;
  // A column of a type of the schema is there as long as its type is: nothing casts it into another.
  if (place === COLUMNS.length - 1 && table < 3) {
    const own = ownType(model, table);
    return own === null ? null : { name, draw, hasStorage: false, ...own };
  }
  const group = GROUPS[(table * 2 + place) % GROUPS.length] as keyof typeof TYPES;
  const types = TYPES[group];
  return {
    name,
    draw,
    group,
    type: types[draw.type % types.length] as string,
    value: VALUES[group] as string,
    isOrdered: group !== 'document',
    hasStorage: ['text', 'bytes', 'list', 'document'].includes(group),
    fallback: DEFAULTS[group] as string,
  };
}

interface OwnType {
  readonly type: string;
  readonly value: string;
  readonly isOrdered: boolean;
  readonly group: string;
  readonly fallback: string;
  readonly isNeverNull?: boolean;
}

function ownType(model: Model, table: number): OwnType | null {
  if (table === 0) {
    const labels = model.enums[0]?.labels;
    if (labels === undefined) return null;
    return {
      type: 'app.level',
      value: `'mid'::app.level`,
      isOrdered: true,
      group: 'enum',
      fallback: `'mid'`,
    };
  }
  if (table === 1 && model.domain !== null) {
    const isNeverNull = model.domain.isNotNull;
    return { type: 'app.amount', value: 'n', isOrdered: true, group: 'domain', fallback: '9', isNeverNull };
  }
  if (table === 2 && model.composite !== null) {
    const fields = model.composite.fields.map(() => 'n').join(', ');
    return {
      type: 'app.point',
      value: `row(${fields})::app.point`,
      isOrdered: false,
      group: 'composite',
      fallback: `'(${model.composite.fields.map(() => '1').join(',')})'`,
    };
  }
  return null;
}

export function columnsOf(model: Model, table: number): readonly Column[] {
  return COLUMNS.flatMap((_, place) => columnAt(model, table, place) ?? []);
}

const nameOf = (table: number): string => `app.${quote(TABLES[table] as string)}`;

/** Whether a column is computed from the key, and so may not be written to. */
export const isGenerated = (column: Column): boolean => column.draw.base === 'generated' && column.group === 'number';

function columnText(column: Column): string {
  const { draw } = column;
  const collate = column.group === 'text' && draw.collation !== null ? ` collate ${draw.collation}` : '';
  if (isGenerated(column)) return `${quote(column.name)} ${column.type} generated always as (id * 2) stored`;
  // A column that comes to a table with rows needs something to put there.
  const fallback = draw.hasDefault || draw.isNotNull || column.isNeverNull ? ` default ${column.fallback}` : '';
  return `${quote(column.name)} ${column.type}${collate}${fallback}${draw.isNotNull ? ' not null' : ''}`;
}

const KEYS = {
  identity: 'id bigint generated always as identity',
  'by default': 'id bigint generated by default as identity (start with 100 increment by 2)',
  serial: `id bigserial`,
  plain: 'id bigint not null',
} as const;

/** Tables with their columns and local constraints. Parents come first: a table inherits from one before it only. */
export function tableSql(model: Model): readonly string[] {
  return model.tables.flatMap((table, at) => {
    if (table === null) return [];
    const columns = columnsOf(model, at);
    const parts = [
      KEYS[table.key],
      ...columns.map(columnText),
      `constraint ${quote(`${TABLES[at]}_pkey`)} primary key (id)${table.deferrable ? ' deferrable' : ''}`,
    ];
    const options = table.options === null ? '' : ` with (${table.options})`;
    const name = nameOf(at);
    return [
      `create ${table.isUnlogged ? 'unlogged ' : ''}table ${name} (\n  ${parts.join(',\n  ')}\n)${options}`,
      ...columns.flatMap((column) => columnExtras(name, column)),
      ...constraints(model, table, at),
      ...indexes(model, table, at),
      ...(table.rls === null ? [] : [`alter table ${name} enable row level security`]),
      ...(table.rls === 'force' ? [`alter table ${name} force row level security`] : []),
      ...(table.identity === null ? [] : [`alter table ${name} replica identity ${table.identity}`]),
      ...(table.cluster === null ? [] : [`alter table ${name} cluster on ${quote(`${TABLES[at]}_pkey`)}`]),
      `alter table ${name} owner to ${table.owner === null ? 'postgres' : ROLES[table.owner]}`,
      ...grantOn(name, table.grant),
      ...commentOn(`table ${name}`, table.comment),
    ];
  });
}

function columnExtras(table: string, column: Column): readonly string[] {
  const { draw } = column;
  const alter = `alter table ${table} alter column ${quote(column.name)}`;
  return [
    ...(draw.storage !== null && column.hasStorage ? [`${alter} set storage ${['external', 'main', 'plain'][draw.storage]}`] : []),
    ...(draw.compression !== null && column.hasStorage ? [`${alter} set compression ${draw.compression}`] : []),
    ...(draw.statistics !== null ? [`${alter} set statistics ${draw.statistics}`] : []),
    ...(draw.options !== null ? [`${alter} set (${draw.options})`] : []),
    ...grantOn(`${table}`, draw.grant, [`select (${quote(column.name)})`, `update (${quote(column.name)})`]),
    ...commentOn(`column ${table}.${quote(column.name)}`, draw.comment),
  ];
}

function constraints(model: Model, table: TableDraw, at: number): readonly string[] {
  const name = nameOf(at);
  const result: string[] = [];
  if (table.check !== null) {
    const column = columnAt(model, at, table.check.column);
    const forms = [`id > 0`, column === null ? 'id <> 0' : `${quote(column.name)} is not null or id > 0`, `id in (1, 2, 3) or id > 3`];
    result.push(
      `alter table ${name} add constraint known check (${forms[table.check.form]})`,
      ...commentOn(`constraint known on ${name}`, table.check.comment),
    );
  }
  if (table.unique !== null) {
    const column = columnAt(model, at, table.unique.column);
    const columns = column?.isOrdered && !isGenerated(column) ? `${quote(column.name)}, id` : 'id';
    const named = table.unique.isNamed ? `constraint ${quote(`${TABLES[at]}_once`)} ` : '';
    result.push(`alter table ${name} add ${named}unique (${columns})${table.unique.deferrable ? ' deferrable initially deferred' : ''}`);
  }
  if (table.exclude !== null)
    result.push(`alter table ${name} add constraint ${quote(`${TABLES[at]}_apart`)} exclude using gist (int8range(id, id, '[]') with &&)`);
  return result;
}

/** Foreign keys come after all tables. Both ends are keys of the same type, and row n points at row n. */
export function referenceSql(model: Model): readonly string[] {
  return model.tables.flatMap((table, at) => {
    const reference = table?.reference;
    if (reference === null || reference === undefined) return [];
    const to = model.tables[reference.to];
    if (to === null || to === undefined || to.deferrable || (to.isUnlogged && !table?.isUnlogged)) return [];
    const action = ['', ' on delete cascade', ' on delete restrict', ' on update cascade'][reference.onDelete];
    const deferrable = ['', ' deferrable', ' deferrable initially deferred'][reference.deferrable];
    const valid = reference.isValid ? '' : ' not valid';
    return [
      `alter table ${nameOf(at)} add constraint points foreign key (id) references ${nameOf(reference.to)} (id)${reference.match ? ' match full' : ''}${action}${deferrable}${valid}`,
    ];
  });
}

function indexes(model: Model, table: TableDraw, at: number): readonly string[] {
  const name = nameOf(at);
  return table.indexes.flatMap((draw, number) => {
    if (draw === null) return [];
    const columns = draw.columns.flatMap((place) => columnAt(model, at, place) ?? []).filter((column) => column.isOrdered);
    const isPlain = draw.method === 'btree';
    const isHashable = draw.method !== 'hash' || columns[0] === undefined || columns[0].group !== 'money';
    const keys = columns.map((column) => quote(column.name) + (isPlain ? draw.order : ''));
    const first = draw.expression && isPlain ? ['(id % 10)'] : [];
    const used = draw.method === 'hash' ? keys.slice(0, 1) : [...first, ...keys];
    const withKey = draw.isUnique && draw.method !== 'hash' ? [...used, 'id'] : used;
    if (withKey.length === 0 || !isHashable) return [];
    const brin = draw.method === 'brin' && columns.some((column) => ['flag', 'list', 'enum', 'composite'].includes(column.group));
    const method = brin ? 'btree' : draw.method;
    const included = draw.include === null || method !== 'btree' ? null : columnAt(model, at, draw.include);
    const where = draw.where === null ? '' : ` where ${['id > 10', 'id is not null and id < 1000', `(id % 2) = 0`][draw.where]}`;
    const options = draw.options === null || method === 'brin' ? '' : ` with (${draw.options})`;
    const index = quote(`${TABLES[at]}_i${number}`);
    const text = `create ${draw.isUnique && method === 'btree' ? 'unique ' : ''}index ${index} on ${name} using ${method} (${withKey.join(', ')})`;
    return [
      `${text}${included === null ? '' : ` include (${quote(included.name)})`}${options}${where}`,
      ...(draw.statistics !== null && first.length > 0
        ? [`alter index app.${index} alter column 1 set statistics ${draw.statistics}`]
        : []),
      ...commentOn(`index app.${index}`, draw.comment),
    ];
  });
}
