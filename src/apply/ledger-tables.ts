/** The DDL of the ledger, by format version; knows nothing of plans beyond the columns that they fill. */

export const LEDGER_SCHEMA = 'schemactl';

/** The version that `upgrades` leads to. */
export const LEDGER_FORMAT = 4;

/** upgrades[n] leads from format n to n + 1, and upgrades[0] from an empty schema; what was released is never edited. */
export const upgrades: readonly (readonly string[])[] = [
  [
    // One row. `database` tells a database from its clones made before the first apply; one made after it is told by its name.
    `create table schemactl.meta (
       singleton boolean primary key default true check (singleton),
       format integer not null,
       database uuid not null default pg_catalog.gen_random_uuid(),
       created_at timestamptz not null default pg_catalog.now()
     )`,
    `create table schemactl.plans (
       id uuid primary key,
       number bigint not null unique generated always as identity,
       digest text not null,
       state text not null check (state in ('started', 'completed', 'aborted')),
       environment text,
       applied_by text not null,
       tool text not null,
       before_fingerprint text not null,
       after_fingerprint text not null,
       document text not null,
       managed jsonb not null,
       ignored jsonb not null,
       schemas jsonb not null,
       declared jsonb not null,
       started_at timestamptz not null default pg_catalog.clock_timestamp(),
       finished_at timestamptz,
       check ((state = 'started') = (finished_at is null))
     )`,
    `create table schemactl.phases (
       plan uuid not null references schemactl.plans,
       phase text not null check (phase in ('expand', 'contract')),
       started_at timestamptz not null default pg_catalog.clock_timestamp(),
       finished_at timestamptz,
       primary key (plan, phase)
     )`,
    // `xid` answers, with pg_xact_status(), whether a commit whose acknowledgement was lost took place.
    `create table schemactl.steps (
       plan uuid not null references schemactl.plans,
       step text not null,
       state text not null check (state in ('intent', 'done')),
       xid text not null,
       started_at timestamptz not null,
       finished_at timestamptz,
       primary key (plan, step),
       check ((state = 'intent') = (finished_at is null))
     )`,
    `create table schemactl.progress (
       plan uuid not null,
       step text not null,
       position jsonb not null,
       rows_done bigint not null default 0,
       updated_at timestamptz not null default pg_catalog.clock_timestamp(),
       primary key (plan, step),
       foreign key (plan, step) references schemactl.steps
     )`,
    // Objects that stand between two states while their plan is open (shadow columns, triggers, what is to be retired).
    `create table schemactl.transitions (
       address text primary key,
       plan uuid not null references schemactl.plans,
       role text not null,
       created_at timestamptz not null default pg_catalog.clock_timestamp()
     )`,
  ],
  // Plans can be taken back, step by step; the names of the checks are those that PostgreSQL gave them.
  [
    `alter table schemactl.plans
       drop constraint plans_state_check,
       drop constraint plans_check,
       add constraint plans_state_check check (state in ('started', 'aborting', 'completed', 'aborted')),
       add constraint plans_check check ((state in ('started', 'aborting')) = (finished_at is null))`,
    // 'undoing' is to 'undone' what 'intent' is to 'done'.
    `alter table schemactl.steps
       add column undone_at timestamptz,
       drop constraint steps_state_check,
       add constraint steps_state_check check (state in ('intent', 'done', 'undoing', 'undone')),
       add constraint steps_undone_check check ((state = 'undone') = (undone_at is not null))`,
  ],
  // A plan whose backfills are to hold back until somebody says otherwise.
  ['alter table schemactl.plans add column paused_at timestamptz'],
  // What was seen of the use of what a plan takes away: `since` is when its count was first found to be what it is.
  [
    `create table schemactl.uses (
       plan uuid not null references schemactl.plans,
       used text not null,
       count text not null,
       epoch text not null,
       since timestamptz not null default pg_catalog.clock_timestamp(),
       primary key (plan, used)
     )`,
  ],
];

/**
 * Takes away what default privileges of the database gave to others at creation; what an administrator grants later stays, and so
 * does the schema itself where an administrator made it for this role.
 * Grantee 0 is PUBLIC.
 */
export const REVOKE_FROM_OTHERS = `
  select distinct pg_catalog.format('revoke all on %s from %s', o.target,
                                    case when a.grantee = 0 then 'public' else pg_catalog.quote_ident(r.rolname) end) as sql
    from (select 'schema schemactl' as target, nspowner as owner, nspacl as acl
            from pg_catalog.pg_namespace where nspname = 'schemactl'
           union all
          select case c.relkind when 'S' then 'all sequences in schema schemactl' else 'all tables in schema schemactl' end,
                 c.relowner, c.relacl
            from pg_catalog.pg_class c
           where c.relnamespace = 'schemactl'::regnamespace and c.relkind in ('r', 'S')) o
   cross join lateral pg_catalog.aclexplode(o.acl) a
    left join pg_catalog.pg_roles r on r.oid = a.grantee
   where a.grantee <> o.owner and o.owner = current_user::regrole`;
