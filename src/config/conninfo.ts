/** Reads connection strings, both forms that libpq takes: URIs and "key=value" text. Knows syntax only, connects to nothing. */
import { nearest } from '../core/suggest.js';

/** libpq's parameters by their names; an absent one falls back to the environment. */
export type ConnectionParameters = Readonly<Record<string, string>>;

/** Parameters that libpq knows. Those that only libpq's own network code could act on are accepted and have no effect. */
export const KNOWN_PARAMETERS: ReadonlySet<string> = new Set(
  `host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding options application_name
   fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout replication gssencmode
   sslmode sslnegotiation sslcompression sslcert sslkey sslkeylogfile sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer
   ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib gssdelegation
   scram_client_key scram_server_key service servicefile target_session_attrs load_balance_hosts`.split(/\s+/),
);

/** Says why a connection string cannot be used, without repeating it. */
export class ConninfoError extends Error {}

export function parseConninfo(text: string): ConnectionParameters {
  const trimmed = text.trim();
  const parameters = /^postgres(ql)?:\/\//i.test(trimmed) ? parseUri(trimmed) : parsePairs(trimmed);
  for (const name of Object.keys(parameters)) checkName(name);
  return parameters;
}

export function checkName(name: string): void {
  if (KNOWN_PARAMETERS.has(name)) return;
  const meant = nearest(name, KNOWN_PARAMETERS);
  throw new ConninfoError(`unknown connection parameter ${name}${meant ? `; did you mean ${meant}?` : ''}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConninfoError('a "%" in it does not start a two-digit code; write a literal "%" as %25');
  }
}

/**
 * postgresql://[user[:password]@][host][:port][/dbname][?name=value&…]. Not the URL class: that refuses a user without a host, which
 * libpq takes (the socket), and lower-cases what is not its own.
 */
function parseUri(uri: string): ConnectionParameters {
  const [beforeQuery, query = ''] = splitOnce(uri.slice(uri.indexOf('//') + 2), '?');
  const [authority, dbname = ''] = splitOnce(beforeQuery, '/');
  const at = authority.lastIndexOf('@');
  const [user, password] = at < 0 ? ['', undefined] : splitOnce(authority.slice(0, at), ':');
  const hosts = authority.slice(at + 1);
  if (hosts.includes(',')) throw new ConninfoError('it names several hosts; name the one whose schema is to be changed');
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(hosts);
  if (!match) throw new ConninfoError('its host and port cannot be told apart; write postgresql://user@host:port/database');
  const host = decode((match[1] as string).replace(/^\[|\]$/g, ''));
  const parameters: Record<string, string> = {};
  const set = (name: string, value: string | undefined): void => {
    if (value) parameters[name] = value;
  };
  set('user', decode(user));
  set('password', password === undefined ? undefined : decode(password));
  set('host', host);
  set('port', match[2]);
  set('dbname', decode(dbname));
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name, value = ''] = splitOnce(pair, '=');
    // JDBC's word for sslmode=require; libpq takes it in URIs too.
    if (name === 'ssl' && value === 'true') set('sslmode', 'require');
    else set(decode(name), decode(value));
  }
  return parameters;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** host=db.internal dbname='my db' …, with backslash escapes. */
function parsePairs(text: string): ConnectionParameters {
  const parameters: Record<string, string> = {};
  const pair = /\s*([A-Za-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gy;
  let at = 0;
  while (at < text.length) {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (!match) throw new ConninfoError('it is neither postgresql://user@host:port/database nor "host=… dbname=…"');
    const value = (match[2] ?? match[3] ?? '').replaceAll(/\\(.)/g, '$1');
    if (value !== '') parameters[match[1] as string] = value;
    at = pair.lastIndex;
    if (text.slice(at).trim() === '') break;
  }
  if (Object.keys(parameters).length === 0) throw new ConninfoError('it is empty');
  return parameters;
}
