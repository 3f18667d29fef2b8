/** A universe of what belongs to a whole server, drawn as in model.ts, with the SQL of a draw; knows no schemactl. */
import fc from 'fast-check';
import { literal } from './sql-tables.js';

const NAMES = ['cluster_one', 'cluster_two', 'Cluster 3', 'cluster_four'] as const;
const PARAMETERS = ['work_mem', 'log_statement', 'app.tenant'] as const;

const option = <T>(arbitrary: fc.Arbitrary<T>, freq = 1): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq, nil: null });
const one = fc.nat({ max: NAMES.length - 1 });

const role = fc.record({
  options: fc.subarray(['createdb', 'createrole', 'noinherit', 'login', 'replication', 'bypassrls', 'superuser']),
  connections: option(fc.constantFrom(0, 3, 70)),
  until: option(fc.constantFrom('2031-02-03 04:05:06+00', '2040-01-01 00:00:00+00')),
  settings: fc.subarray([`work_mem = '7MB'`, `search_path = app, "B c"`, `app.tenant = 'it''s'`, 'statement_timeout = 5000']),
  comment: option(fc.constantFrom('reads', `it's "quoted"`)),
});

/** From a role to a later one only, so that no circle can come of it. */
const membership = fc.record({ of: one, to: one, admin: fc.boolean(), inherit: fc.boolean(), set: fc.boolean() });

export const clusterModel = fc.record({
  roles: fc.tuple(...NAMES.map(() => option(role, 3))),
  memberships: fc.uniqueArray(membership, { maxLength: 4, selector: ({ of, to }) => `${of} ${to}` }),
  monitors: option(one),
  everybody: option(fc.constantFrom('8MB', '64MB')),
  parameters: fc.uniqueArray(
    fc.record({ parameter: fc.nat({ max: PARAMETERS.length - 1 }), to: one, system: fc.boolean(), option: fc.boolean() }),
    { maxLength: 3, selector: ({ parameter, to }) => `${parameter} ${to}` },
  ),
  // Objects of a database that need roles: these must be there before them, and go after them.
  owner: option(one, 2),
  reader: option(one, 2),
  policy: option(one),
  defaults: option(fc.record({ of: one, to: one })),
});
export type ClusterModel = typeof clusterModel extends fc.Arbitrary<infer T> ? T : never;

export function clusterSql(model: ClusterModel, major: number): readonly string[] {
  const isThere = (at: number): boolean => model.roles[at] !== null;
  const name = (at: number): string => `"${NAMES[at] ?? ''}"`;
  const has = (at: number | null): at is number => at !== null && isThere(at);
  return [
    ...model.roles.flatMap((draw, at) => {
      if (draw === null) return [];
      const limit = draw.connections === null ? [] : [`connection limit ${draw.connections}`];
      const until = draw.until === null ? [] : [`valid until '${draw.until}'`];
      return [
        `create role ${name(at)} ${[...draw.options, ...limit, ...until].join(' ')}`,
        ...draw.settings.map((setting) => `alter role ${name(at)} set ${setting}`),
        ...(draw.comment === null ? [] : [`comment on role ${name(at)} is ${literal(draw.comment)}`]),
      ];
    }),
    ...model.memberships
      .filter(({ of, to }) => of < to && isThere(of) && isThere(to))
      .map(({ of, to, admin, inherit, set }) => {
        const options = major < 16 ? (admin ? ' with admin option' : '') : ` with admin ${admin}, inherit ${inherit}, set ${set}`;
        return `grant ${name(of)} to ${name(to)}${options}`;
      }),
    ...(has(model.monitors) ? [`grant pg_monitor to ${name(model.monitors)}`] : []),
    ...(model.everybody === null ? [] : [`alter role all set work_mem = '${model.everybody}'`]),
    ...model.parameters
      .filter(({ to }) => major >= 15 && isThere(to))
      .map(
        ({ parameter, to, system, option: mayGrant }) =>
          `grant ${system ? 'set, alter system' : 'set'} on parameter ${PARAMETERS[parameter]} to ${name(to)}${mayGrant ? ' with grant option' : ''}`,
      ),
    'create schema app',
    'create table app.t (id integer primary key)',
    `alter table app.t owner to ${has(model.owner) ? name(model.owner) : 'postgres'}`,
    ...(has(model.reader) ? [`grant select on app.t to ${name(model.reader)}`] : []),
    ...(has(model.policy) ? [`create policy own on app.t to ${name(model.policy)}`] : []),
    ...(model.defaults !== null && isThere(model.defaults.of) && isThere(model.defaults.to)
      ? [`alter default privileges for role ${name(model.defaults.of)} in schema app grant select on tables to ${name(model.defaults.to)}`]
      : []),
  ];
}
