/** Changes of pg_trigger, pg_rewrite, pg_policy, pg_event_trigger and of the catalogs of text search. */
import { mutation, remake } from './mutation.js';

const TABLE = `create table app.t (a int, b text); create table app.u (a int, b text); create function app.f() returns trigger language plpgsql as 'begin return new; end'; create function app.g() returns trigger language plpgsql as 'begin return new; end'`;
const RUN = 'execute function app.f()';
const trigger = (columns: string, before: string, after: string) =>
  remake(`pg_trigger.${columns}`, TABLE, 'drop trigger g on app.t', `create trigger g ${before}`, `create trigger g ${after}`);
const constraint = (columns: string, before: string, after: string) =>
  remake(
    `pg_trigger.${columns}`,
    TABLE,
    'drop trigger g on app.t',
    `create constraint trigger g after insert on app.t ${before} for each row ${RUN}`,
    `create constraint trigger g after insert on app.t ${after} for each row ${RUN}`,
  );
const BEFORE = `before insert on app.t for each row ${RUN}`;
const CREATED = `${TABLE}; create trigger g ${BEFORE}`;
const TABLES = 'create table app.t (a int, b text); create table app.u (a int, b text)';
const rule = (columns: string, before: string, after: string) =>
  remake(`pg_rewrite.${columns}`, TABLES, 'drop rule r on app.t', `create rule r as ${before}`, `create rule r as ${after}`);
const RULE = `${TABLES}; create rule r as on insert to app.t do also notify n`;
const POLICY = `${TABLES}; create policy p on app.t for select to mutation_a using (a > 0)`;
const policy = (columns: string, before: string, after: string) =>
  remake(
    `pg_policy.${columns}`,
    TABLES,
    'drop policy p on app.t',
    `create policy p on app.t ${before}`,
    `create policy p on app.t ${after}`,
  );
const EVENTS = `create function app.ef() returns event_trigger language plpgsql as 'begin end'; create function app.eg() returns event_trigger language plpgsql as 'begin end'`;
const event = (columns: string, before: string, after: string) =>
  remake(
    `pg_event_trigger.${columns}`,
    EVENTS,
    'drop event trigger e',
    `create event trigger e on ${before}`,
    `create event trigger e on ${after}`,
  );
const EVENT = `${EVENTS}; create event trigger e on ddl_command_end execute function app.ef()`;

const CONFIGURATION = 'create text search configuration app.c (copy = pg_catalog.simple)';
const DICTIONARY = `create text search dictionary app.d (template = pg_catalog.simple, stopwords = english)`;
const dictionary = (columns: string, before: string, after: string) =>
  remake(
    `pg_ts_dict.${columns}`,
    '',
    'drop text search dictionary app.d',
    `create text search dictionary app.d (${before})`,
    `create text search dictionary app.d (${after})`,
  );
const PARSER = 'start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype';
const FAKES = `create function app.start(internal, int) returns internal language internal as 'prsd_start'; create function app.token(internal, internal, internal) returns internal language internal as 'prsd_nexttoken';
  create function app.done(internal) returns void language internal as 'prsd_end'; create function app.types(internal) returns internal language internal as 'prsd_lextype'`;
const parser = (columns: string, before: string, after: string) =>
  remake(
    `pg_ts_parser.${columns}`,
    FAKES,
    'drop text search parser app.p',
    `create text search parser app.p (${before})`,
    `create text search parser app.p (${after})`,
  );
const template = (columns: string, before: string, after: string) =>
  remake(
    `pg_ts_template.${columns}`,
    '',
    'drop text search template app.m',
    `create text search template app.m (${before})`,
    `create text search template app.m (${after})`,
  );
const PARTITIONED = `create table app.p (a int) partition by list (a); create table app.p1 partition of app.p default; create function app.f() returns trigger language plpgsql as 'begin return new; end'`;

const INTERNAL = 'the triggers behind foreign keys have names of the server’s own making; pg_dump passes over their state too';

export const behaviourMutations = [
  remake(
    'pg_trigger.tgrelid',
    TABLE,
    'drop trigger g on app.t',
    `create trigger g ${BEFORE}`,
    `create trigger g before insert on app.u for each row ${RUN}`,
  ),
  mutation('pg_trigger.tgparentid', PARTITIONED, `create trigger g after insert on app.p for each row ${RUN}`),
  mutation('pg_trigger.tgname', CREATED, 'alter trigger g on app.t rename to h'),
  trigger('tgfoid', BEFORE, BEFORE.replace('app.f()', 'app.g()')),
  trigger('tgtype', BEFORE, BEFORE.replace('before', 'after')),
  trigger('tgtype', BEFORE, BEFORE.replace('insert', 'insert or delete')),
  trigger('tgtype', BEFORE, BEFORE.replace('row', 'statement')),
  mutation('pg_trigger.tgenabled', CREATED, 'alter table app.t disable trigger g'),
  mutation('pg_trigger.tgenabled', CREATED, 'alter table app.t enable always trigger g'),
  mutation(
    'pg_trigger.tgenabled',
    `${PARTITIONED}; create trigger g after insert on app.p for each row ${RUN}`,
    'alter table app.p1 disable trigger g',
  ),
  mutation(
    'pg_trigger.tgenabled',
    'create table app.k (a int primary key); create table app.t (a int references app.k)',
    'alter table app.t disable trigger all',
    { unseen: INTERNAL },
  ),
  mutation(
    'pg_trigger.tgisinternal pg_trigger.tgconstrindid',
    'create table app.k (a int primary key); create table app.t (a int)',
    'alter table app.t add foreign key (a) references app.k',
  ),
  constraint('tgconstrrelid', '', 'from app.u'),
  remake(
    'pg_trigger.tgconstraint',
    TABLE,
    'drop trigger g on app.t',
    `create trigger g after insert on app.t for each row ${RUN}`,
    `create constraint trigger g after insert on app.t for each row ${RUN}`,
  ),
  constraint('tgdeferrable', '', 'deferrable'),
  constraint('tginitdeferred', 'deferrable', 'deferrable initially deferred'),
  trigger('tgnargs', BEFORE, BEFORE.replace('f()', `f('x')`)),
  trigger('tgattr', BEFORE.replace('insert', 'update'), BEFORE.replace('insert', 'update of a')),
  trigger('tgargs', BEFORE.replace('f()', `f('x')`), BEFORE.replace('f()', `f('y')`)),
  trigger('tgqual', BEFORE, BEFORE.replace('execute', 'when (new.a > 0) execute')),
  trigger(
    'tgoldtable',
    `after update on app.t for each statement ${RUN}`,
    `after update on app.t referencing old table as o for each statement ${RUN}`,
  ),
  trigger(
    'tgnewtable',
    `after update on app.t for each statement ${RUN}`,
    `after update on app.t referencing new table as n for each statement ${RUN}`,
  ),
  trigger('oid', BEFORE, BEFORE),

  mutation('pg_rewrite.rulename', RULE, 'alter rule r on app.t rename to q'),
  remake(
    'pg_rewrite.ev_class',
    TABLES,
    'drop rule r on app.t',
    'create rule r as on insert to app.t do also notify n',
    'create rule r as on insert to app.u do also notify n',
  ),
  rule('ev_type', 'on insert to app.t do also notify n', 'on update to app.t do also notify n'),
  mutation('pg_rewrite.ev_enabled', RULE, 'alter table app.t disable rule r'),
  rule('is_instead', 'on insert to app.t do also notify n', 'on insert to app.t do instead notify n'),
  rule('ev_qual', 'on insert to app.t do also delete from app.u', 'on insert to app.t where new.a > 0 do also delete from app.u'),
  rule('ev_action', 'on insert to app.t do also notify n', 'on insert to app.t do also notify m'),
  mutation('pg_rewrite.ev_action', 'create view app.v as select 1 as a', 'create or replace view app.v as select 2 as a'),
  remake(
    'pg_rewrite.ev_action',
    '',
    'drop materialized view app.v',
    'create materialized view app.v as select 1 as a',
    'create materialized view app.v as select 2 as a',
  ),
  rule('oid', 'on insert to app.t do also notify n', 'on insert to app.t do also notify n'),

  mutation('pg_policy.polname', POLICY, 'alter policy p on app.t rename to q'),
  remake('pg_policy.polrelid', TABLES, 'drop policy p on app.t', 'create policy p on app.t', 'create policy p on app.u'),
  policy('polcmd', 'for select', 'for delete'),
  policy('polpermissive', '', 'as restrictive'),
  mutation('pg_policy.polroles', POLICY, 'alter policy p on app.t to mutation_b'),
  mutation('pg_policy.polqual', POLICY, 'alter policy p on app.t using (a > 1)'),
  mutation(
    'pg_policy.polwithcheck',
    `${TABLES}; create policy p on app.t with check (a > 0)`,
    'alter policy p on app.t with check (a > 1)',
  ),
  policy('oid', '', ''),

  mutation('pg_event_trigger.evtname', EVENT, 'alter event trigger e rename to f'),
  event('evtevent', 'ddl_command_end execute function app.ef()', 'sql_drop execute function app.ef()'),
  mutation(
    'pg_event_trigger.evtowner',
    `${EVENT}; alter event trigger e owner to mutation_super`,
    'alter event trigger e owner to mutation_super2',
  ),
  event('evtfoid', 'ddl_command_end execute function app.ef()', 'ddl_command_end execute function app.eg()'),
  mutation('pg_event_trigger.evtenabled', EVENT, 'alter event trigger e disable'),
  event('evttags', 'ddl_command_end execute function app.ef()', `ddl_command_end when tag in ('DROP TABLE') execute function app.ef()`),
  event('oid', 'ddl_command_end execute function app.ef()', 'ddl_command_end execute function app.ef()'),

  mutation('pg_ts_config.cfgname', CONFIGURATION, 'alter text search configuration app.c rename to d'),
  mutation('pg_ts_config.cfgnamespace', CONFIGURATION, 'alter text search configuration app.c set schema other'),
  mutation(
    'pg_ts_config.cfgowner',
    `${CONFIGURATION}; alter text search configuration app.c owner to mutation_a`,
    'alter text search configuration app.c owner to mutation_b',
  ),
  remake(
    'pg_ts_config.cfgparser',
    `create text search parser app.p (${PARSER})`,
    'drop text search configuration app.c',
    'create text search configuration app.c (parser = pg_catalog.default)',
    'create text search configuration app.c (parser = app.p)',
  ),
  remake('pg_ts_config.oid', '', 'drop text search configuration app.c', CONFIGURATION, CONFIGURATION),
  mutation(
    'pg_ts_config_map.mapcfg',
    `${CONFIGURATION}; create text search configuration app.e (parser = pg_catalog.default)`,
    'alter text search configuration app.e add mapping for word with simple',
  ),
  mutation('pg_ts_config_map.maptokentype', CONFIGURATION, 'alter text search configuration app.c drop mapping for word'),
  mutation(
    'pg_ts_config_map.mapseqno',
    CONFIGURATION,
    'alter text search configuration app.c alter mapping for word with english_stem, simple',
  ),
  mutation(
    'pg_ts_config_map.mapdict',
    CONFIGURATION,
    'alter text search configuration app.c alter mapping replace simple with english_stem',
  ),

  mutation('pg_ts_dict.dictname', DICTIONARY, 'alter text search dictionary app.d rename to e'),
  mutation('pg_ts_dict.dictnamespace', DICTIONARY, 'alter text search dictionary app.d set schema other'),
  mutation(
    'pg_ts_dict.dictowner',
    `${DICTIONARY}; alter text search dictionary app.d owner to mutation_a`,
    'alter text search dictionary app.d owner to mutation_b',
  ),
  dictionary('dicttemplate', 'template = pg_catalog.simple', 'template = pg_catalog.snowball, language = english'),
  mutation('pg_ts_dict.dictinitoption', DICTIONARY, 'alter text search dictionary app.d (accept = false)'),
  dictionary('oid', 'template = pg_catalog.simple', 'template = pg_catalog.simple'),

  mutation('pg_ts_parser.prsname', `create text search parser app.p (${PARSER})`, 'alter text search parser app.p rename to q'),
  mutation('pg_ts_parser.prsnamespace', `create text search parser app.p (${PARSER})`, 'alter text search parser app.p set schema other'),
  parser('prsstart', PARSER, PARSER.replace('prsd_start', 'app.start')),
  parser('prstoken', PARSER, PARSER.replace('prsd_nexttoken', 'app.token')),
  parser('prsend', PARSER, PARSER.replace('prsd_end', 'app.done')),
  parser('prsheadline', PARSER, `${PARSER}, headline = prsd_headline`),
  parser('prslextype', PARSER, PARSER.replace('prsd_lextype', 'app.types')),
  parser('oid', PARSER, PARSER),

  mutation(
    'pg_ts_template.tmplname',
    'create text search template app.m (lexize = dsimple_lexize)',
    'alter text search template app.m rename to n',
  ),
  mutation(
    'pg_ts_template.tmplnamespace',
    'create text search template app.m (lexize = dsimple_lexize)',
    'alter text search template app.m set schema other',
  ),
  template('tmplinit', 'lexize = dsimple_lexize', 'lexize = dsimple_lexize, init = dsimple_init'),
  template('tmpllexize', 'lexize = dsimple_lexize', 'lexize = dispell_lexize'),
  template('oid', 'lexize = dsimple_lexize', 'lexize = dsimple_lexize'),
];
