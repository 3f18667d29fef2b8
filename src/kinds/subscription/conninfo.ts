/**
 * The connection of a subscription without its secrets, cut by the server itself: subconninfo may hold a password, so nothing of it but
 * what is known to hold none leaves the server. Knows nothing of the rest of a subscription.
 */
import { quoteLiteral } from '../quote.js';

/** Parameters of libpq of which no value is a secret; whatever else is given is told by its name alone. */
const OPEN = [
  ...['host', 'hostaddr', 'port', 'dbname', 'user', 'application_name', 'fallback_application_name', 'client_encoding', 'options'],
  ...['sslmode', 'sslnegotiation', 'sslcompression', 'sslcert', 'sslkey', 'sslcertmode', 'sslrootcert', 'sslcrl', 'sslcrldir', 'sslsni'],
  ...['ssl_min_protocol_version', 'ssl_max_protocol_version', 'requiressl', 'requirepeer', 'require_auth', 'channel_binding', 'gssencmode'],
  ...['krbsrvname', 'gsslib', 'gssdelegation', 'connect_timeout', 'tcp_user_timeout', 'keepalives', 'keepalives_idle', 'passfile'],
  ...['keepalives_interval', 'keepalives_count', 'target_session_attrs', 'load_balance_hosts', 'service'],
];
const IS_OPEN = `= any ('{${OPEN.join(',')}}'::text[])`;

/**
 * A folder that is nowhere: who connects there reaches nobody. Behind it, in hex, what stands for the connection in scratch. From 16 on a role
 * that is no superuser must give a password, whatever it is.
 */
const NOWHERE = 'host=/schemactl.invalid password=none application_name=';

/** name = value, 'value' or va\\ lue, as libpq takes them apart. */
const PAIR = String.raw`([^\s=]+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\]|\\.)*)`;
/** Scheme, user, password, hosts, database, parameters: a user's part ends at the first "@" before any "/". */
const URI = '^(postgres(?:ql)?://)(?:([^:@/]*)(:[^@/]*)?@)?([^/?]*)(/[^?]*)?(?:[?](.*))?$';

/** Rows: kept (text, or null for a secret), name, place. */
const ofPairs = (conninfo: string): string => `
    select m.found[1] as name, case when m.found[1] ${IS_OPEN} then m.found[1] || '=' || m.found[2] end as kept, m.place
      from pg_catalog.regexp_matches(${conninfo}, ${quoteLiteral(PAIR)}, 'g') with ordinality m (found, place)`;

const ofParameters = (conninfo: string): string => `
    select pg_catalog.split_part(q.pair, '=', 1) as name, case when pg_catalog.split_part(q.pair, '=', 1) ${IS_OPEN} then q.pair end as kept, q.place
      from pg_catalog.unnest(pg_catalog.string_to_array((pg_catalog.regexp_match(${conninfo}, '${URI}'))[6], '&')) with ordinality q (pair, place)`;

/** SQL: the text of a connection that may be shown, as JSON: {"connection": …, "secrets": [names]}. */
function opened(conninfo: string): string {
  const uri = (group: number): string => `coalesce((pg_catalog.regexp_match(${conninfo}, '${URI}'))[${group}], '')`;
  return `case when ${conninfo} ~ '^postgres(ql)?://' then (
      select jsonb_build_object(
        'connection', ${uri(1)} || case when ${uri(2)} <> '' then ${uri(2)} || '@' else '' end || ${uri(4)} || ${uri(5)}
          || coalesce('?' || pg_catalog.string_agg(o.kept, '&' order by o.place), ''),
        'secrets', coalesce(pg_catalog.jsonb_agg(o.name order by o.place) filter (where o.kept is null and o.name is not null), '[]')
          || case when ${uri(3)} <> '' then '["password"]'::jsonb else '[]' end)
        from (${ofParameters(conninfo)}) o)
    else (
      select jsonb_build_object(
        'connection', coalesce(pg_catalog.string_agg(o.kept, ' ' order by o.place), ''),
        'secrets', coalesce(pg_catalog.jsonb_agg(o.name order by o.place) filter (where o.kept is null), '[]'))
        from (${ofPairs(conninfo)}) o) end`;
}

/**
 * SQL: the same of the subscription with this oid, or nulls for a role that may not read subconninfo. That is a column privilege, which a
 * query needs for whatever it names, used or not: so the column is named in a query that only runs for those who have it.
 */
export function readConninfo(oid: string): string {
  const stored = `(select pg_catalog.convert_from(pg_catalog.decode((pg_catalog.regexp_match(pg_catalog.query_to_xml(pg_catalog.format(
        $q$select pg_catalog.encode(pg_catalog.convert_to(subconninfo, 'UTF8'), 'hex') as c from pg_catalog.pg_subscription where oid = %s$q$, ${oid}),
        true, true, '')::text, '<c>([0-9a-f]*)</c>'))[1], 'hex'), 'UTF8'))`;
  return `(select case
      when not pg_catalog.has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'select') then '{"connection": null, "secrets": []}'
      else (select case when c.stored like '${NOWHERE}%'
              then pg_catalog.convert_from(pg_catalog.decode(pg_catalog.substr(c.stored, ${NOWHERE.length + 1}), 'hex'), 'UTF8')::jsonb
              else ${opened('c.stored')} end from (select ${stored} as stored offset 0) c) end)`;
}

/** What scratch is given in the place of a connection that a file declares: it reaches nobody, and reads as the declared one. */
export function nowhereLike(conninfo: string): string {
  return nowhere(`(select ${opened('c.given')} from (select ${quoteLiteral(conninfo)}::text as given) c)`);
}

/** The same of what was read: null is what a role may not read. */
export function nowhereFor(connection: string | null): string {
  return nowhere(
    `pg_catalog.jsonb_build_object('connection', ${connection === null ? 'null' : `${quoteLiteral(connection)}::text`}, 'secrets', '[]'::jsonb)`,
  );
}

function nowhere(json: string): string {
  return `'${NOWHERE}' || pg_catalog.encode(pg_catalog.convert_to((${json})::text, 'UTF8'), 'hex')`;
}
