/** Changes of pg_operator, pg_opclass, pg_opfamily, pg_amop, pg_amproc and pg_am. */
import { mutation, remake } from './mutation.js';

const FUNCTIONS = `create type app.c as (a int); create function app.eq(app.c, app.c) returns bool language sql as 'select true'; create function app.ne(app.c, app.c) returns bool language sql as 'select true';
  create function app.one(app.c) returns bool language sql as 'select true'`;
const operator = (columns: string, before: string, after: string, setup = '') =>
  remake(
    `pg_operator.${columns}`,
    `${FUNCTIONS}${setup}`,
    'drop operator app.=== (app.c, app.c)',
    `create operator app.=== (${before})`,
    `create operator app.=== (${after})`,
  );
const BOTH = 'leftarg = app.c, rightarg = app.c, function = app.eq';
const OPERATOR = `${FUNCTIONS}; create operator app.=== (${BOTH})`;
const MEMBERS = 'operator 1 <, function 1 btint4cmp(int4, int4)';
const CLASS = `create operator class app.o for type int4 using btree as ${MEMBERS}`;
const opclass = (columns: string, before: string, after: string, drop = 'drop operator family app.o using btree') =>
  remake(
    `pg_opclass.${columns}`,
    'create operator family app.f1 using btree; create operator family app.f2 using btree',
    drop,
    `create operator class app.o ${before}`,
    `create operator class app.o ${after}`,
  );
const FAMILY = 'create operator family app.f using btree';
const family = (catalog: string, before: string, change: string, setup = FAMILY) =>
  mutation(catalog, before === '' ? setup : `${setup}; alter operator family app.f using btree add ${before}`, change);
const ALTER = 'alter operator family app.f using btree';
const GIST = 'create operator family app.f using gist';
const DISTANCE = 'operator 15 <-> (point, point) for order by';

export const operatorMutations = [
  remake(
    'pg_operator.oprname',
    FUNCTIONS,
    'drop operator app.=== (app.c, app.c)',
    `create operator app.=== (${BOTH})`,
    `create operator app.==== (${BOTH})`,
  ),
  mutation('pg_operator.oprnamespace', OPERATOR, 'alter operator app.=== (app.c, app.c) set schema other'),
  mutation(
    'pg_operator.oprowner',
    `${OPERATOR}; alter operator app.=== (app.c, app.c) owner to mutation_a`,
    'alter operator app.=== (app.c, app.c) owner to mutation_b',
  ),
  remake(
    'pg_operator.oprkind pg_operator.oprleft',
    FUNCTIONS,
    'drop operator app.=== (app.c, app.c)',
    `create operator app.=== (${BOTH})`,
    'create operator app.=== (rightarg = app.c, function = app.one)',
  ),
  operator('oprcanmerge', `${BOTH}, commutator = operator(app.===)`, `${BOTH}, commutator = operator(app.===), merges`),
  operator('oprcanhash', BOTH, `${BOTH}, hashes`),
  remake(
    'pg_operator.oprright',
    `${FUNCTIONS}; create function app.eq(app.c, int) returns bool language sql as 'select true'`,
    'drop operator app.=== (app.c, app.c)',
    `create operator app.=== (${BOTH})`,
    'create operator app.=== (leftarg = app.c, rightarg = int, function = app.eq)',
  ),
  remake(
    'pg_operator.oprresult',
    `${FUNCTIONS}; create function app.i(app.c, app.c) returns int language sql as 'select 1'`,
    'drop operator app.=== (app.c, app.c)',
    `create operator app.=== (${BOTH})`,
    'create operator app.=== (leftarg = app.c, rightarg = app.c, function = app.i)',
  ),
  operator('oprcom', BOTH, `${BOTH}, commutator = operator(app.===)`),
  operator(
    'oprnegate',
    BOTH,
    `${BOTH}, negator = operator(app.!==)`,
    '; create operator app.!== (leftarg = app.c, rightarg = app.c, function = app.ne)',
  ),
  operator('oprcode', BOTH, BOTH.replace('app.eq', 'app.ne')),
  mutation('pg_operator.oprrest', OPERATOR, 'alter operator app.=== (app.c, app.c) set (restrict = eqsel)'),
  mutation('pg_operator.oprjoin', OPERATOR, 'alter operator app.=== (app.c, app.c) set (join = eqjoinsel)'),
  operator('oid', BOTH, BOTH),

  remake(
    'pg_opclass.opcmethod',
    '',
    'drop operator family app.o using btree',
    CLASS,
    'create operator class app.o for type int4 using hash as operator 1 =, function 1 hashint4(int4)',
  ),
  mutation('pg_opclass.opcname', CLASS, 'alter operator class app.o using btree rename to p'),
  mutation('pg_opclass.opcnamespace', CLASS, 'alter operator class app.o using btree set schema other'),
  mutation(
    'pg_opclass.opcowner',
    `${CLASS}; alter operator class app.o using btree owner to mutation_a`,
    'alter operator class app.o using btree owner to mutation_b',
  ),
  opclass(
    'opcfamily',
    `for type int4 using btree family app.f1 as ${MEMBERS}`,
    `for type int4 using btree family app.f2 as ${MEMBERS}`,
    'drop operator class app.o using btree',
  ),
  opclass(
    'opcintype',
    `for type int4 using btree as ${MEMBERS}`,
    'for type int8 using btree as operator 1 <, function 1 btint8cmp(int8, int8)',
  ),
  remake(
    'pg_opclass.opcdefault',
    `create type app.c as (a int); create function app.cmp(app.c, app.c) returns int language sql as 'select 1'`,
    'drop operator family app.o using btree',
    'create operator class app.o for type app.c using btree as function 1 app.cmp(app.c, app.c)',
    'create operator class app.o default for type app.c using btree as function 1 app.cmp(app.c, app.c)',
  ),
  opclass(
    'opckeytype',
    'for type polygon using gist as operator 1 <<',
    'for type polygon using gist as operator 1 <<, storage box',
    'drop operator family app.o using gist',
  ),
  opclass('oid', `for type int4 using btree as ${MEMBERS}`, `for type int4 using btree as ${MEMBERS}`),

  remake('pg_opfamily.opfmethod', '', 'drop operator family app.f using btree', FAMILY, 'create operator family app.f using hash'),
  mutation('pg_opfamily.opfname', FAMILY, `${ALTER} rename to g`),
  mutation('pg_opfamily.opfnamespace', FAMILY, `${ALTER} set schema other`),
  mutation('pg_opfamily.opfowner', `${FAMILY}; ${ALTER} owner to mutation_a`, `${ALTER} owner to mutation_b`),
  remake('pg_opfamily.oid', '', 'drop operator family app.f using btree', FAMILY, FAMILY),

  family('pg_amop.amopfamily pg_amop.amopmethod', '', `${ALTER} add operator 1 < (int4, int4)`),
  family(
    'pg_amop.amoplefttype',
    'operator 1 < (int4, int4)',
    `${ALTER} drop operator 1 (int4, int4); ${ALTER} add operator 1 < (int8, int4)`,
  ),
  family(
    'pg_amop.amoprighttype',
    'operator 1 < (int4, int4)',
    `${ALTER} drop operator 1 (int4, int4); ${ALTER} add operator 1 < (int4, int8)`,
  ),
  family(
    'pg_amop.amopstrategy',
    'operator 1 < (int4, int4)',
    `${ALTER} drop operator 1 (int4, int4); ${ALTER} add operator 2 < (int4, int4)`,
  ),
  family('pg_amop.amopopr', 'operator 1 < (int4, int4)', `${ALTER} drop operator 1 (int4, int4); ${ALTER} add operator 1 > (int4, int4)`),
  mutation(
    'pg_amop.amoppurpose',
    `${GIST}; alter operator family app.f using gist add operator 15 << (point, point)`,
    `alter operator family app.f using gist drop operator 15 (point, point); alter operator family app.f using gist add ${DISTANCE} float_ops`,
  ),
  mutation(
    'pg_amop.amopsortfamily',
    `create operator family app.floats using btree; ${GIST}; alter operator family app.f using gist add ${DISTANCE} float_ops`,
    `alter operator family app.f using gist drop operator 15 (point, point); alter operator family app.f using gist add ${DISTANCE} app.floats`,
  ),
  family('pg_amop.oid', 'operator 1 < (int4, int4)', `${ALTER} drop operator 1 (int4, int4); ${ALTER} add operator 1 < (int4, int4)`),

  family('pg_amproc.amprocfamily', '', `${ALTER} add function 1 btint4cmp(int4, int4)`),
  family(
    'pg_amproc.amproclefttype',
    'function 1 btint4cmp(int4, int4)',
    `${ALTER} drop function 1 (int4, int4); ${ALTER} add function 1 btint84cmp(int8, int4)`,
  ),
  family(
    'pg_amproc.amprocrighttype',
    'function 1 btint4cmp(int4, int4)',
    `${ALTER} drop function 1 (int4, int4); ${ALTER} add function 1 btint48cmp(int4, int8)`,
  ),
  family(
    'pg_amproc.amprocnum',
    'function 1 btint4cmp(int4, int4)',
    `${ALTER} drop function 1 (int4, int4); ${ALTER} add function 4 (int4, int4) btequalimage(oid)`,
  ),
  family(
    'pg_amproc.amproc',
    'function 1 btint4cmp(int4, int4)',
    `${ALTER} drop function 1 (int4, int4); ${ALTER} add function 1 app.cmp(int4, int4)`,
    `create function app.cmp(int4, int4) returns int language sql as 'select 1'; ${FAMILY}`,
  ),
  family(
    'pg_amproc.oid',
    'function 1 btint4cmp(int4, int4)',
    `${ALTER} drop function 1 (int4, int4); ${ALTER} add function 1 btint4cmp(int4, int4)`,
  ),

  remake(
    'pg_am.amname',
    '',
    'drop access method m',
    'create access method m type index handler bthandler',
    'create access method n type index handler bthandler',
  ),
  remake(
    'pg_am.amhandler',
    '',
    'drop access method m',
    'create access method m type index handler bthandler',
    'create access method m type index handler hashhandler',
  ),
  remake(
    'pg_am.amtype',
    '',
    'drop access method m',
    'create access method m type index handler bthandler',
    'create access method m type table handler heap_tableam_handler',
  ),
  remake(
    'pg_am.oid',
    '',
    'drop access method m',
    'create access method m type index handler bthandler',
    'create access method m type index handler bthandler',
  ),
];
