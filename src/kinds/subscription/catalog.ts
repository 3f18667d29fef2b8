/** Reads subscriptions of the database; nothing of how far they are, and no secret. Knows nothing of how they are changed. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { readConninfo } from './conninfo.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  // Superusers alone may read it.
  connection: 'guarded',
  // Names of parameters whose values are never read, for people.
  secrets: 'unhashed',
  // The order of publications means nothing.
  publications: 'exact',
  publications_as_written: 'unhashed',
  enabled: 'exact',
  slot: 'exact',
  synchronous_commit: 'exact',
  binary: 'exact',
  streaming: 'exact',
  two_phase: 'exact',
  disable_on_error: 'exact',
  password_required: 'exact',
  run_as_owner: 'exact',
  failover: 'exact',
  origin: 'exact',
};

/** Attributes that a major has no such option for are null. */
export function query({ major, within }: ReadContext): string {
  const since = (first: number, sql: string): string => (major >= first ? sql : 'null::text');
  const streaming =
    major >= 16
      ? `case s.substream when 't' then 'on' when 'p' then 'parallel' else 'off' end`
      : `case when s.substream then 'on' else 'off' end`;
  return `
    select 'pg_catalog.pg_subscription'::regclass::oid as classid, s.oid as objid, 0 as objsubid, array[s.subname]::text[] as parts,
           jsonb_build_object(
             'publications', (select jsonb_agg(p order by p collate "C") from pg_catalog.unnest(s.subpublications) p),
             'publications_as_written', pg_catalog.to_jsonb(s.subpublications),
             'enabled', s.subenabled,
             'slot', s.subslotname,
             'synchronous_commit', s.subsynccommit,
             'binary', s.subbinary,
             'streaming', ${streaming},
             'two_phase', ${since(15, `s.subtwophasestate <> 'd'`)},
             'disable_on_error', ${since(15, 's.subdisableonerr')},
             'password_required', ${since(16, 's.subpasswordrequired')},
             'run_as_owner', ${since(16, 's.subrunasowner')},
             'failover', ${since(17, 's.subfailover')},
             'origin', ${since(16, 's.suborigin')}) || ${readConninfo('s.oid')} as attributes
      from pg_catalog.pg_subscription s
     where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
       and ${within('pg_subscription', 's.oid')}`;
}
