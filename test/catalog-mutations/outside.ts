/** Changes of the catalogs of publications, subscriptions and foreign data. */
import { mutation, remake } from './mutation.js';

const PUBLICATION = 'create publication p';
const TABLES = 'create table app.t (a int primary key, b int); create table app.u (a int primary key, b int)';
const publication = (columns: string, clause: string, options = {}) =>
  mutation(`pg_publication.${columns}`, PUBLICATION, `alter publication p ${clause}`, options);
const member = (columns: string, before: string, after: string, options = {}) =>
  mutation(columns, `${TABLES}; create publication p for ${before}`, `alter publication p set ${after}`, options);

const SUBSCRIPTION = `create subscription s connection 'host=nowhere dbname=x' publication p with (connect = false, enabled = false)`;
/** Other databases have subscriptions of that name. */
const HERE = `subname = 's' and subdbid = (select oid from pg_database where datname = current_database())`;
const subscription = (columns: string, change: string, options = {}) =>
  mutation(`pg_subscription.${columns}`, SUBSCRIPTION, change, options);

const HANDLERS = `create function app.h() returns fdw_handler language internal as 'hashint4'; create function app.v(text[], oid) returns void language internal as 'hashint4'`;
const WRAPPER = `create foreign data wrapper w options (k 'v')`;
const SERVER = `create foreign data wrapper w; create foreign data wrapper x; create server s foreign data wrapper w`;
const server = (columns: string, before: string, after: string) =>
  remake(
    `pg_foreign_server.${columns}`,
    'create foreign data wrapper w; create foreign data wrapper x',
    'drop server s',
    `create server s ${before}`,
    `create server s ${after}`,
  );
const FOREIGN = `${SERVER}; create server r foreign data wrapper w; create foreign table app.f (a int, b text) server s options (k 'v')`;

export const outsideMutations = [
  mutation('pg_publication.pubname', PUBLICATION, 'alter publication p rename to q'),
  mutation('pg_publication.pubowner', `${PUBLICATION}; alter publication p owner to mutation_a`, 'alter publication p owner to mutation_b'),
  remake('pg_publication.puballtables', '', 'drop publication p', PUBLICATION, 'create publication p for all tables'),
  publication('pubinsert', `set (publish = 'update, delete, truncate')`),
  publication('pubupdate', `set (publish = 'insert, delete, truncate')`),
  publication('pubdelete', `set (publish = 'insert, update, truncate')`),
  publication('pubtruncate', `set (publish = 'insert, update, delete')`),
  publication('pubviaroot', 'set (publish_via_partition_root)'),
  publication('pubgencols', 'set (publish_generated_columns = stored)', { since: 18 }),
  remake('pg_publication.oid', '', 'drop publication p', PUBLICATION, PUBLICATION),
  mutation(
    'pg_publication_rel.prpubid',
    `${TABLES}; create publication p for table app.t; create publication q`,
    'alter publication q add table app.t',
  ),
  member('pg_publication_rel.prrelid', 'table app.t', 'table app.u'),
  member('pg_publication_rel.prqual', 'table app.t', 'table app.t where (a > 0)', { since: 15 }),
  member('pg_publication_rel.prattrs', 'table app.t', 'table app.t (a)', { since: 15 }),
  mutation(
    'pg_publication_rel.oid',
    `${TABLES}; create publication p for table app.t`,
    'alter publication p drop table app.t; alter publication p add table app.t',
  ),
  mutation(
    'pg_publication_namespace.pnpubid',
    'create publication p for tables in schema app; create publication q',
    'alter publication q add tables in schema app',
    { since: 15 },
  ),
  mutation(
    'pg_publication_namespace.pnnspid',
    'create publication p for tables in schema app',
    'alter publication p set tables in schema other',
    { since: 15 },
  ),
  mutation(
    'pg_publication_namespace.oid',
    'create publication p for tables in schema app',
    'alter publication p drop tables in schema app; alter publication p add tables in schema app',
    { since: 15 },
  ),

  subscription('subname', 'alter subscription s rename to r'),
  mutation(
    'pg_subscription.subowner',
    `${SUBSCRIPTION}; alter subscription s owner to mutation_super`,
    'alter subscription s owner to mutation_super2',
  ),
  subscription('subenabled', 'alter subscription s enable'),
  subscription('subbinary', 'alter subscription s set (binary)'),
  subscription('substream', 'alter subscription s set (streaming)', { until: 17 }),
  subscription('substream', 'alter subscription s set (streaming = off)', { since: 18 }),
  subscription('subdisableonerr', 'alter subscription s set (disable_on_error)', { since: 15 }),
  subscription('subpasswordrequired', 'alter subscription s set (password_required = false)', { since: 16 }),
  subscription('subrunasowner', 'alter subscription s set (run_as_owner)', { since: 16 }),
  subscription('suborigin', 'alter subscription s set (origin = none)', { since: 16 }),
  subscription('subconninfo', `alter subscription s connection 'host=elsewhere dbname=x'`),
  subscription('subslotname', 'alter subscription s set (slot_name = none)'),
  subscription('subsynccommit', `alter subscription s set (synchronous_commit = 'on')`),
  subscription('subpublications', `alter subscription s set publication q with (refresh = false)`),
  // Nothing changes it but the publisher: a plan makes the subscription anew.
  subscription('subtwophasestate', `update pg_subscription set subtwophasestate = 'p' where ${HERE}`, { since: 15 }),
  subscription('subfailover', `update pg_subscription set subfailover = true where ${HERE}`, { since: 17 }),
  subscription('subskiplsn', `alter subscription s skip (lsn = '0/1')`, { since: 15 }),
  subscription('oid pg_subscription.subdbid', `${SUBSCRIPTION.replace(' s ', ' r ')}`),

  mutation('pg_foreign_data_wrapper.fdwname', WRAPPER, 'alter foreign data wrapper w rename to x'),
  mutation(
    'pg_foreign_data_wrapper.fdwowner',
    `${WRAPPER}; alter foreign data wrapper w owner to mutation_super`,
    'alter foreign data wrapper w owner to mutation_super2',
  ),
  mutation('pg_foreign_data_wrapper.fdwhandler', `${HANDLERS}; ${WRAPPER}`, 'alter foreign data wrapper w handler app.h'),
  mutation(
    'pg_foreign_data_wrapper.fdwvalidator',
    `${HANDLERS}; create foreign data wrapper w`,
    'alter foreign data wrapper w validator app.v',
  ),
  mutation(
    'pg_foreign_data_wrapper.fdwacl',
    `${WRAPPER}; grant usage on foreign data wrapper w to mutation_a`,
    'grant usage on foreign data wrapper w to mutation_b',
  ),
  mutation('pg_foreign_data_wrapper.fdwoptions', WRAPPER, `alter foreign data wrapper w options (set k 'w')`),
  remake('pg_foreign_data_wrapper.oid', '', 'drop foreign data wrapper w', WRAPPER, WRAPPER),

  mutation('pg_foreign_server.srvname', SERVER, 'alter server s rename to r'),
  mutation(
    'pg_foreign_server.srvowner',
    `${SERVER}; grant usage on foreign data wrapper w to mutation_a, mutation_b; alter server s owner to mutation_a`,
    'alter server s owner to mutation_b',
  ),
  server('srvfdw', 'foreign data wrapper w', 'foreign data wrapper x'),
  server('srvtype', 'foreign data wrapper w', `type 't' foreign data wrapper w`),
  mutation('pg_foreign_server.srvversion', SERVER, `alter server s version '2'`),
  mutation(
    'pg_foreign_server.srvacl',
    `${SERVER}; grant usage on foreign server s to mutation_a`,
    'grant usage on foreign server s to mutation_b',
  ),
  mutation('pg_foreign_server.srvoptions', SERVER, `alter server s options (add k 'v')`),
  server('oid', 'foreign data wrapper w', 'foreign data wrapper w'),

  mutation(
    'pg_user_mapping.umuser',
    `${SERVER}; create user mapping for mutation_a server s`,
    'create user mapping for mutation_b server s',
  ),
  mutation(
    'pg_user_mapping.umserver',
    `${SERVER}; create server r foreign data wrapper w; create user mapping for mutation_a server s`,
    'drop user mapping for mutation_a server s; create user mapping for mutation_a server r',
  ),
  mutation(
    'pg_user_mapping.umoptions',
    `${SERVER}; create user mapping for mutation_a server s`,
    `alter user mapping for mutation_a server s options (add password 'x')`,
  ),
  mutation(
    'pg_user_mapping.oid',
    `${SERVER}; create user mapping for mutation_a server s`,
    'drop user mapping for mutation_a server s; create user mapping for mutation_a server s',
  ),

  mutation('pg_foreign_table.ftrelid', FOREIGN, 'create foreign table app.g (a int) server s'),
  mutation(
    'pg_foreign_table.ftserver',
    FOREIGN,
    `drop foreign table app.f; create foreign table app.f (a int, b text) server r options (k 'v')`,
  ),
  mutation('pg_foreign_table.ftoptions', FOREIGN, `alter foreign table app.f options (set k 'w')`),
  mutation('pg_class.relname', FOREIGN, 'alter foreign table app.f rename to g'),
  mutation(
    'pg_class.relowner',
    `${FOREIGN}; alter foreign table app.f owner to mutation_a`,
    'alter foreign table app.f owner to mutation_b',
  ),
  mutation('pg_class.relacl', `${FOREIGN}; grant select on app.f to mutation_a`, 'grant insert on app.f to mutation_a'),
  mutation(
    'pg_class.relpartbound',
    `${SERVER}; create table app.p (a int) partition by list (a); create foreign table app.f partition of app.p for values in (1) server s`,
    'alter table app.p detach partition app.f; alter table app.p attach partition app.f for values in (2)',
  ),
  mutation('pg_inherits.inhparent', `${FOREIGN}; create table app.t (a int)`, 'alter foreign table app.f inherit app.t'),
  mutation('pg_constraint.conbin', FOREIGN, 'alter foreign table app.f add check (a > 0)'),
  mutation('pg_attrdef.adbin', FOREIGN, 'alter foreign table app.f alter a set default 1'),
  mutation(
    'pg_trigger.tgname',
    `${FOREIGN}; create function app.tf() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger g before insert on app.f for each row execute function app.tf()',
  ),
];
