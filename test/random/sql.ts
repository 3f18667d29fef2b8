/** A draw -> the SQL of a whole schema, statement by statement, in an order in which it runs; knows no schemactl. */
import { type Model, ROLES, TABLES } from './model.js';
import { columnsOf, commentOn, grantOn, isGenerated, literal, quote, referenceSql, tableSql } from './sql-tables.js';

/** Roles and whatever else belongs to the server: made once, in no draw. */
export const SETUP = ROLES.map((role) => `do $$ begin create role ${role} nologin; exception when duplicate_object then null; end $$`);

export function schemaSql(model: Model): readonly string[] {
  return [
    'create schema app',
    // Foreign keys are checked as the owner of the table.
    `grant usage on schema app to ${ROLES[2]}`,
    ...commentOn('schema app', model.schemaComment),
    ...(model.schemaGrant === null ? [] : [`grant usage on schema app to ${ROLES[model.schemaGrant]}`]),
    ...(model.defaultPrivileges === null ? [] : [defaultPrivileges(model.defaultPrivileges)]),
    ...collation(model),
    ...types(model),
    ...routines(model),
    ...sequence(model),
    ...tableSql(model),
    ...referenceSql(model),
    ...partitioned(model),
    ...inherited(model),
    ...behaviour(model),
    ...views(model),
    ...rest(model),
    ...settings(model),
  ];
}

/** Of the database, as psql reads its name. Settings of roles and parameters belong to the server, which pairs share. */
function settings({ settings: draw }: Model): readonly string[] {
  if (draw === null) return [];
  const set = draw.of === 'database' ? 'alter database :"DBNAME" set' : `alter role ${ROLES[0]} in database :"DBNAME" set`;
  return [
    ...(draw.memory === null ? [] : [`${set} work_mem = '${draw.memory}'`]),
    ...(draw.path === null ? [] : [`${set} search_path = ${draw.path}`]),
  ];
}

function defaultPrivileges(draw: { readonly role: number; readonly kind: number }): string {
  const what = ['select on tables', 'execute on functions'][draw.kind];
  return `alter default privileges for role postgres in schema app grant ${what} to ${ROLES[draw.role]}`;
}

function collation({ collation: draw }: Model): readonly string[] {
  if (draw === null) return [];
  return [`create collation app.plain (provider = libc, locale = 'C')`, ...commentOn('collation app.plain', draw.comment)];
}

function types(model: Model): readonly string[] {
  const [level, answer] = model.enums;
  const result: string[] = [];
  for (const [name, draw] of [
    ['level', level],
    ['answer', answer],
  ] as const) {
    if (draw === null || draw === undefined) continue;
    result.push(`create type app.${name} as enum (${draw.labels.map(literal).join(', ')})`, ...commentOn(`type app.${name}`, draw.comment));
  }
  if (model.domain !== null) {
    const { base, check, hasDefault, isNotNull, comment } = model.domain;
    const checks = check === null ? '' : ` constraint sane check (${['value > 0', 'value <> 13'][check]})`;
    result.push(
      `create domain app.amount as ${['integer', 'bigint', 'numeric(10,2)'][base]}${hasDefault ? ' default 5' : ''}${isNotNull ? ' not null' : ''}${checks}`,
      ...commentOn('domain app.amount', comment),
    );
  }
  if (model.composite !== null) {
    const { fields, wide, comment } = model.composite;
    result.push(
      `create type app.point as (${fields.map((field) => `${field} ${wide ? 'bigint' : 'integer'}`).join(', ')})`,
      ...commentOn('type app.point', comment),
    );
  }
  if (model.range !== null)
    result.push(`create type app.span as range (subtype = ${model.range.subtype})`, ...commentOn('type app.span', model.range.comment));
  return [...result, ...baseType(model)];
}

/** With functions of the server, which take text for what it is; or as a name alone, for functions to speak of. */
function baseType({ baseType: draw }: Model): readonly string[] {
  if (draw === null) return [];
  const { storage, category, isPreferred, delimiter, isAnnounced, comment, grant } = draw;
  const extras = [...grantOn('type app.raw', grant, ['usage']), ...commentOn('type app.raw', comment)];
  const functions = [
    'create type app.raw',
    `create function app.raw_in(cstring) returns app.raw language internal immutable strict as 'textin'`,
    `create function app.raw_out(app.raw) returns cstring language internal immutable strict as 'textout'`,
  ];
  if (isAnnounced) return [...functions, ...commentOn('type app.raw', comment)];
  const options = `storage = ${storage}, category = '${category}', preferred = ${isPreferred}, delimiter = '${delimiter}'`;
  return [...functions, `create type app.raw (input = app.raw_in, output = app.raw_out, ${options})`, ...extras];
}

function routines(model: Model): readonly string[] {
  const result: string[] = [];
  for (const [at, draw] of model.routines.entries()) {
    if (draw === null) continue;
    const name = `app.f${at}`;
    const body = [`select $1 + ${at}`, `select $1 * 2`, `select coalesce($1, 0)`][draw.body];
    const options = [
      draw.volatility,
      ...(draw.strict ? ['strict'] : []),
      ...(draw.security ? ['security definer'] : []),
      `parallel ${draw.parallel}`,
      ...(draw.cost === null ? [] : [`cost ${draw.cost}`]),
      ...(draw.config === null ? [] : [`set ${draw.config}`]),
    ];
    result.push(
      `create function ${name}(n integer${draw.hasDefault ? ' default 1' : ''}) returns ${draw.result} language sql ${options.join(' ')} as $f$ ${body} $f$`,
      `alter function ${name}(integer) owner to ${draw.owner === null ? 'postgres' : ROLES[draw.owner]}`,
      ...grantOn(`function ${name}(integer)`, draw.grant, ['execute']),
      ...commentOn(`function ${name}(integer)`, draw.comment),
    );
  }
  if (model.procedure !== null) {
    const body = ['begin null; end', `begin raise notice 'done'; end`][model.procedure.body];
    result.push(
      `create procedure app.act(n integer) language plpgsql as $f$ ${body} $f$`,
      ...commentOn('procedure app.act(integer)', model.procedure.comment),
    );
  }
  if (model.aggregate !== null) {
    const { parallel, initial, comment } = model.aggregate;
    result.push(
      `create aggregate app.total(bigint) (sfunc = int8pl, stype = bigint, initcond = '${initial}', parallel = ${parallel})`,
      ...commentOn('aggregate app.total(bigint)', comment),
    );
  }
  return result;
}

function sequence({ sequence: draw }: Model): readonly string[] {
  if (draw === null) return [];
  const max = draw.max === null ? '' : ` maxvalue ${draw.max}`;
  return [
    `create sequence app.numbers as ${draw.type} increment by ${draw.increment}${max} cache ${draw.cache}${draw.cycle ? ' cycle' : ''}`,
    ...grantOn('sequence app.numbers', draw.grant, ['usage', 'select', 'update']),
    ...commentOn('sequence app.numbers', draw.comment),
  ];
}

function partitioned({ partitioned: draw }: Model): readonly string[] {
  if (draw === null) return [];
  const bound = {
    range: (n: number) => `for values from (${n * 100}) to (${n * 100 + 100})`,
    list: (n: number) => `for values in (${n}, ${n + 10})`,
    hash: (n: number) => `for values with (modulus 3, remainder ${n})`,
  }[draw.strategy];
  const extra = draw.extra === null ? '' : `, extra text${draw.extra.isNotNull ? ` not null default 'x'` : ''}`;
  // A change of strategy cannot keep the table: each has a name of its own.
  const name = `parted_${draw.strategy}`;
  return [
    `create table app.${name} (id integer not null, at integer not null${extra}) partition by ${draw.strategy} (at)`,
    ...draw.parts.flatMap((part, n) => (part === null ? [] : [`create table app.${name}_${n} partition of app.${name} ${bound(n)}`])),
    ...(draw.hasDefault && draw.strategy !== 'hash' ? [`create table app.${name}_rest partition of app.${name} default`] : []),
    ...(draw.hasKey ? [`alter table app.${name} add constraint ${name}_key primary key (id, at)`] : []),
    ...(draw.hasIndex ? [`create index ${name}_id on app.${name} (id)`] : []),
    ...commentOn(`table app.${name}`, draw.comment),
  ];
}

/** A parent and its heir, which has all the columns of its own as well, so that it can come and go. */
function inherited({ inherited: draw }: Model): readonly string[] {
  if (draw === null) return [];
  const columns = `id integer not null, note text${draw.hasDefault ? ` default 'none'` : ''}${draw.extra ? ', extra integer' : ''}`;
  const check = draw.check === null ? '' : `, constraint positive check (id > 0)${draw.check ? ' no inherit' : ''}`;
  const own = draw.check === false ? check : '';
  return [
    `create table app.base (${columns}${check})`,
    `create table app.heir (${columns}, more integer${own})${draw.isAttached ? ' inherits (app.base)' : ''}`,
    ...commentOn('table app.heir', draw.comment),
  ];
}

const TRIGGER_FUNCTION = `create function app.touched() returns trigger language plpgsql as $f$ begin return new; end $f$`;

/** Triggers, policies, rules and extended statistics of the tables. */
function behaviour(model: Model): readonly string[] {
  const result: string[] = [];
  if (model.tables.some((table) => table !== null && table.trigger !== null)) result.push(TRIGGER_FUNCTION);
  for (const [at, table] of model.tables.entries()) {
    if (table === null) continue;
    const name = `app.${quote(TABLES[at] as string)}`;
    if (table.trigger !== null) {
      const { when, events, level, condition, enabled, comment } = table.trigger;
      const event = ['insert', 'insert or update', 'update of id', 'delete'][events];
      const row = level && !(condition && event === 'delete') ? 'row' : level ? 'row' : 'statement';
      const guard = condition && row === 'row' && event !== 'delete' ? ' when (new.id > 0)' : '';
      result.push(
        `create trigger touched ${when} ${event} on ${name} for each ${row}${guard} execute function app.touched()`,
        ...([
          [],
          [`alter table ${name} disable trigger touched`],
          [`alter table ${name} enable always trigger touched`],
          [`alter table ${name} enable replica trigger touched`],
        ][enabled] as string[]),
        ...commentOn(`trigger touched on ${name}`, comment),
      );
    }
    if (table.policy !== null) {
      const { command, isRestrictive, role, using, comment } = table.policy;
      const word = ['all', 'select', 'insert', 'update', 'delete'][command];
      const expression = ['true', 'id > 0', 'id = any (array[1, 2])'][using];
      const clause = word === 'insert' ? `with check (${expression})` : `using (${expression})`;
      result.push(
        `create policy own on ${name} as ${isRestrictive ? 'restrictive' : 'permissive'} for ${word} to ${role === 2 ? 'public' : ROLES[role]} ${clause}`,
        ...commentOn(`policy own on ${name}`, comment),
      );
    }
    if (table.rule !== null) {
      result.push(
        `create rule quiet as on ${table.rule.event} to ${name} where (false) do instead nothing`,
        ...commentOn(`rule quiet on ${name}`, table.rule.comment),
      );
    }
    if (table.statistics !== null) {
      const ordered = columnsOf(model, at)
        .filter((column) => column.isOrdered && !isGenerated(column))
        .slice(0, 2);
      if (ordered.length === 2) {
        const kinds = ['', ' (ndistinct)', ' (dependencies, mcv)', ' (mcv)'][table.statistics.kinds];
        const own = quote(`${TABLES[at]}_stat`);
        result.push(
          `create statistics app.${own}${kinds} on ${ordered.map((column) => quote(column.name)).join(', ')} from ${name}`,
          ...(table.statistics.target === null ? [] : [`alter statistics app.${own} set statistics ${table.statistics.target}`]),
          ...commentOn(`statistics app.${own}`, table.statistics.comment),
        );
      }
    }
  }
  return result;
}

function views(model: Model): readonly string[] {
  const result: string[] = [];
  for (const [number, draw] of model.views.entries()) {
    if (draw === null || !model.tables[draw.table]) continue;
    const table = `app.${quote(TABLES[draw.table] as string)}`;
    const columns = columnsOf(model, draw.table);
    const query = [
      `select id from ${table}`,
      `select ${['id', ...columns.map((column) => quote(column.name))].join(', ')} from ${table} where id > 0`,
      `select count(*) as rows, max(id) as id from ${table}`,
      `select t.id, t.id * 2 as twice from ${table} t order by t.id`,
    ][draw.form];
    const canCheck = draw.check !== null && draw.form < 2;
    const options = [
      ...(draw.barrier === null ? [] : [`security_barrier = ${draw.barrier}`]),
      ...(canCheck ? [`check_option = ${draw.check}`] : []),
    ];
    const name = `app.v${number}`;
    result.push(
      `create view ${name}${options.length > 0 ? ` with (${options.join(', ')})` : ''} as ${query}`,
      ...grantOn(name, draw.grant),
      ...commentOn(`view ${name}`, draw.comment),
      ...commentOn(`column ${name}.id`, draw.columnComment),
    );
    if (number === 0 && model.viewOnView !== null) result.push(`create view app.above as select id from ${name}`);
  }
  const { materialized } = model;
  if (materialized !== null && model.tables[materialized.table]) {
    const options = materialized.options === null ? '' : ` with (${materialized.options})`;
    result.push(
      `create materialized view app.kept${options} as select id, id + 1 as next from app.${quote(TABLES[materialized.table] as string)}`,
      ...(materialized.hasIndex ? ['create unique index kept_id on app.kept (id)'] : []),
      ...commentOn('materialized view app.kept', materialized.comment),
    );
  }
  return result;
}

/** Kinds that stand alone. */
function rest(model: Model): readonly string[] {
  const result: string[] = [];
  const { cast, operator, operatorClass, search, conversion, publication, foreign, eventTrigger, language, transform } = model;
  const { accessMethod, searchParts, operatorFamily, extension, subscription } = model;
  if (cast !== null && model.composite !== null) {
    result.push(
      `create function app.to_text(app.point) returns text language sql immutable as $f$ select 'point' $f$`,
      `create cast (app.point as text) with function app.to_text(app.point)${cast.context}`,
      ...commentOn('cast (app.point as text)', cast.comment),
    );
  }
  if (operator !== null) {
    result.push(
      `create function app.near(integer, integer) returns boolean language sql immutable as $f$ select abs($1 - $2) < 2 $f$`,
      `create operator app.~~~ (function = app.near, leftarg = integer, rightarg = integer${operator.commutes ? ', commutator = operator(app.~~~)' : ''})`,
      ...commentOn('operator app.~~~ (integer, integer)', operator.comment),
    );
  }
  if (operatorClass !== null) {
    result.push(
      `create operator class app.whole for type integer using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer)`,
      ...commentOn('operator class app.whole using btree', operatorClass.comment),
    );
  }
  if (search !== null) {
    if (search.dictionary)
      result.push(`create text search dictionary app.words (template = pg_catalog.simple${search.stop ? ', accept = false' : ''})`);
    const dictionary = search.dictionary ? 'app.words' : 'pg_catalog.simple';
    result.push(
      `create text search configuration app.plain_text (parser = pg_catalog."default")`,
      `alter text search configuration app.plain_text add mapping for ${['asciiword', 'asciiword, word'][search.mapping]} with ${dictionary}`,
      ...commentOn('text search configuration app.plain_text', search.comment),
    );
  }
  if (conversion !== null)
    result.push(
      `create conversion app.recode for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`,
      ...commentOn('conversion app.recode', conversion.comment),
    );
  if (publication !== null) {
    const table = TABLES.find((_, at) => model.tables[at] !== null && !model.tables[at]?.isUnlogged);
    const target = publication.tables && table !== undefined ? ` for table app.${quote(table)}` : '';
    result.push(
      `create publication news${target} with (publish = '${publication.publish}', publish_via_partition_root = ${publication.root})`,
      ...commentOn('publication news', publication.comment),
    );
  }
  if (foreign !== null) {
    result.push(
      'create foreign data wrapper nothing',
      `create server away foreign data wrapper nothing options (host '${['a', 'b'][foreign.option]}')`,
      ...commentOn('server away', foreign.comment),
      // Without options: they are secrets, which no plan and no export says.
      ...(foreign.mapping ? [`create user mapping for ${ROLES[0]} server away`] : []),
      ...(foreign.table
        ? [`create foreign table app.distant (id integer${foreign.column === 1 ? ', name text' : ''}) server away options (relation 'r')`]
        : []),
    );
  }
  if (eventTrigger !== null) {
    result.push(
      `create function app.on_ddl() returns event_trigger language plpgsql as $f$ begin null; end $f$`,
      `create event trigger watch on ddl_command_end${eventTrigger.tags ? ` when tag in ('DROP DATABASE', 'CREATE ACCESS METHOD')`.replace(`'DROP DATABASE', `, '') : ''} execute function app.on_ddl()`,
      ...([[], ['alter event trigger watch disable'], ['alter event trigger watch enable replica']][eventTrigger.enabled] as string[]),
      ...commentOn('event trigger watch', eventTrigger.comment),
    );
  }
  if (language !== null)
    result.push(
      // pg_dump leaves out a handler that is the server's own, and what it writes then cannot be loaded.
      `create function app.second_handler() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler'`,
      'create language second_sql handler app.second_handler',
      ...commentOn('language second_sql', language.comment),
    );
  if (transform !== null && transform) {
    // Any function of the right shape will do: nothing here calls it.
    result.push('create transform for integer language sql (from sql with function pg_catalog.prsd_lextype(internal))');
  }
  if (accessMethod !== null)
    result.push(
      'create access method second_heap type table handler heap_tableam_handler',
      ...commentOn('access method second_heap', accessMethod.comment),
    );
  if (searchParts?.parser)
    result.push(
      'create text search parser app.reader (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)',
      ...commentOn('text search parser app.reader', searchParts.comment),
    );
  if (searchParts?.template)
    result.push(
      'create text search template app.pattern (init = dsimple_init, lexize = dsimple_lexize)',
      ...commentOn('text search template app.pattern', searchParts.comment),
    );
  if (operatorFamily !== null)
    result.push(
      'create operator family app.relatives using btree',
      ...commentOn('operator family app.relatives using btree', operatorFamily.comment),
    );
  if (extension !== null)
    result.push(
      `create extension pg_trgm with schema ${extension.relocated ? 'app' : 'public'}`,
      ...commentOn('extension pg_trgm', extension.comment),
    );
  if (subscription !== null)
    result.push(
      `create subscription reading connection 'host=nowhere.invalid dbname=none' publication ${subscription.publications} with (connect = false, enabled = false, slot_name = none, binary = ${subscription.binary})`,
      ...commentOn('subscription reading', subscription.comment),
    );
  return result;
}
