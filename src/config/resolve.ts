/** From the valid content of schemactl.yaml to the configuration that is used: defaults, inheritance, paths, names. */
import { dirname, resolve } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { nearest } from '../core/suggest.js';
import type { YamlFile, YamlPath } from '../desired/yaml/yaml-file.js';
import type { TrustedKeyEntry } from '../trust/keys.js';
import type {
  Config,
  ConfiguredConnection,
  ConnectionSource,
  DesiredEntry,
  Environment,
  Expiry,
  Online,
  PolicyRules,
  ScratchChoice,
  Settings,
  Timeouts,
} from './config.js';
import { DEFAULT_EXPIRY, DEFAULT_ONLINE, DEFAULT_TIMEOUTS } from './config.js';
import { parseDuration } from './duration.js';
import { presetNames, presetPatterns, readPreset } from './presets.js';
import { parseSize } from './size.js';
import { COMMAND_TIMEOUT_MS, sourceOf } from './source-words.js';
import { environmentVariables, type RawVariables } from './variables.js';

type RawConnection = string | { readonly env?: string; readonly file?: string; readonly command?: readonly string[] };

interface RawOnline {
  readonly rewrite_up_to?: string;
  readonly both_names?: boolean;
  readonly contract_after?: string;
  readonly contract_after_unused?: string;
  readonly retire_for?: string;
  readonly replica_lag?: string;
  readonly oldest_snapshot?: string;
  readonly wal_per_second?: string;
}

type RawSource = string | { readonly command: readonly string[]; readonly timeout?: string };

interface RawSettings {
  readonly desired?: readonly RawSource[];
  readonly variables?: RawVariables;
  readonly manage?: readonly string[];
  readonly ignore?: readonly string[];
  readonly presets?: readonly string[];
  readonly adopt?: boolean;
  readonly names?: 'strict' | 'given';
  readonly coverage?: 'strict' | 'report';
  readonly timeouts?: { readonly lock?: string; readonly lock_retries?: number; readonly statement?: string };
  readonly online?: RawOnline;
  readonly expiry?: { readonly start?: string; readonly contract?: string };
  readonly scratch?: {
    readonly url?: string;
    readonly env?: string;
    readonly target?: true;
    readonly embedded?: true;
    readonly superuser?: true;
  };
}

interface RawKey {
  readonly name: string;
  readonly file?: string;
  readonly public_key?: string;
  readonly not_after?: string;
}

interface RawEnvironment extends RawSettings {
  readonly overlays?: readonly RawSource[];
  readonly url?: RawConnection;
  readonly service?: string;
  readonly policy?: string;
  readonly confirm?: 'yes' | 'name';
  readonly require_signature?: boolean;
  readonly trusted_keys?: readonly RawKey[];
  readonly threshold?: number;
}

/** The content of schemactl.yaml, as its schema guarantees it. */
export interface RawConfig extends RawSettings {
  readonly version: 1;
  readonly environments?: Readonly<Record<string, RawEnvironment | null>>;
  readonly policies?: Readonly<Record<string, PolicyRules | null>>;
}

/** Makes one finding after another, at places of the file. */
interface Resolution {
  readonly yaml: YamlFile;
  readonly folder: string;
  readonly policies: ReadonlyMap<string, PolicyRules>;
  fault(code: string, path: YamlPath, summary: string, hint?: string | null): void;
}

export function resolveConfig(yaml: YamlFile, raw: RawConfig): Config {
  const diagnostics: Diagnostic[] = [];
  const context: Resolution = {
    yaml,
    folder: dirname(resolve(yaml.file)),
    policies: new Map(Object.entries(raw.policies ?? {}).map(([name, rules]) => [name, rules ?? {}])),
    fault: (code, path, summary, hint) =>
      diagnostics.push({ code, severity: 'error', summary, ...(hint ? { hint } : {}), span: yaml.span(path) }),
  };
  const base = settings(context, raw, [], raw, {
    desired: [],
    variables: null,
    manage: null,
    ignore: [],
    adopt: false,
    strict_names: false,
    strict_coverage: false,
    timeouts: DEFAULT_TIMEOUTS,
    expiry: DEFAULT_EXPIRY,
    online: DEFAULT_ONLINE,
    scratch: null,
  });
  const environments = new Map<string, Environment>();
  for (const [name, entry] of Object.entries(raw.environments ?? {}))
    environments.set(name, environment(context, name, entry ?? {}, base, raw));
  const { of, problems } = environmentVariables(yaml, raw.variables ?? {}, raw.environments ?? {});
  for (const { path, summary, hint } of problems) context.fault('SC7005', path, summary, hint);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  const given = new Map([...environments].map(([name, each]) => [name, { ...each, variables: of(name) }]));
  return { ...base, variables: of(null), file: yaml.file, environments: given };
}

/** `outer`: what the whole configuration says where an environment says nothing. */
function settings(context: Resolution, raw: RawSettings, path: YamlPath, outer: RawSettings, base: Settings): Settings {
  const presets = (raw.presets ?? outer.presets ?? []).flatMap((name, index) =>
    // What is wrong with those of the whole configuration has been said.
    patternsOf(context, name, raw.presets === undefined ? null : [...path, 'presets', index]),
  );
  return {
    variables: base.variables,
    desired: raw.desired ? sources(context, raw.desired, [...path, 'desired']) : base.desired,
    manage: raw.manage ?? base.manage,
    ignore: [...presets, ...(raw.ignore ?? outer.ignore ?? [])],
    adopt: raw.adopt ?? base.adopt,
    strict_names: raw.names === undefined ? base.strict_names : raw.names === 'strict',
    strict_coverage: raw.coverage === undefined ? base.strict_coverage : raw.coverage === 'strict',
    timeouts: timeouts(raw.timeouts, base.timeouts),
    expiry: raw.expiry ? expiry(context, raw.expiry, [...path, 'expiry'], base.expiry) : base.expiry,
    online: raw.online ? online(raw.online, base.online) : base.online,
    scratch: raw.scratch ? scratch(context, raw.scratch, [...path, 'scratch']) : base.scratch,
  };
}

function patternsOf(context: Resolution, name: string, path: YamlPath | null): readonly string[] {
  const preset = readPreset(name);
  if (preset !== null) return presetPatterns(preset);
  const meant = nearest(name, presetNames());
  const hint = meant ? `did you mean ${meant}?` : `it is one of: ${presetNames().join(', ')}`;
  if (path !== null) context.fault('SC7006', path, `no preset is named ${name}`, hint);
  return [];
}

function sources(context: Resolution, raw: readonly RawSource[], path: YamlPath): readonly DesiredEntry[] {
  return raw.flatMap((entry, index): readonly DesiredEntry[] => {
    const at = [...path, index];
    const span = context.yaml.span(at);
    if (typeof entry !== 'string') {
      const timeout_ms = entry.timeout === undefined ? COMMAND_TIMEOUT_MS : (parseDuration(entry.timeout) ?? COMMAND_TIMEOUT_MS);
      return [{ source: { kind: 'command', argv: entry.command, folder: context.folder, timeout_ms }, span }];
    }
    const source = sourceOf(entry, context.folder);
    if (!('problem' in source)) return [{ source, span }];
    context.fault('SC7005', at, source.problem, source.hint);
    return [];
  });
}

function timeouts(raw: RawSettings['timeouts'], base: Timeouts): Timeouts {
  const ms = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : (parseDuration(text) ?? otherwise));
  return {
    lock_ms: ms(raw?.lock, base.lock_ms),
    lock_retries: raw?.lock_retries ?? base.lock_retries,
    statement_ms: ms(raw?.statement, base.statement_ms),
  };
}

function expiry(context: Resolution, raw: NonNullable<RawSettings['expiry']>, path: YamlPath, base: Expiry): Expiry {
  const start_ms = raw.start === undefined ? base.start_ms : (parseDuration(raw.start) ?? base.start_ms);
  const contract_ms = raw.contract === undefined ? base.contract_ms : parseDuration(raw.contract);
  if (contract_ms !== null && contract_ms < start_ms) {
    const summary = 'the contract phase of a plan would expire before the plan does';
    context.fault('SC7005', path, summary, 'give contract at least as long as start, which is 7d unless it is given');
  }
  return { start_ms, contract_ms };
}

function online(raw: RawOnline, base: Online): Online {
  const ms = (text: string | undefined, otherwise: number | null): number | null => (text === undefined ? otherwise : parseDuration(text));
  const bytes = (text: string | undefined, otherwise: number | null): number | null => (text === undefined ? otherwise : parseSize(text));
  const given = {
    replica_lag_ms: ms(raw.replica_lag, base.limits.replica_lag_ms ?? null),
    oldest_snapshot_ms: ms(raw.oldest_snapshot, base.limits.oldest_snapshot_ms ?? null),
    wal_bytes_per_s: bytes(raw.wal_per_second, base.limits.wal_bytes_per_s ?? null),
  };
  return {
    rewrite_bytes: bytes(raw.rewrite_up_to, base.rewrite_bytes) ?? base.rewrite_bytes,
    both_names: raw.both_names ?? base.both_names,
    contract_after_ms: ms(raw.contract_after, base.contract_after_ms),
    contract_after_unused_ms: ms(raw.contract_after_unused, base.contract_after_unused_ms),
    retire_ms: ms(raw.retire_for, base.retire_ms),
    limits: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  };
}

function scratch(context: Resolution, raw: NonNullable<RawSettings['scratch']>, path: YamlPath): ScratchChoice | null {
  const chosen = (['url', 'env', 'target', 'embedded'] as const).filter((key) => raw[key] !== undefined);
  if (chosen.length !== 1) {
    context.fault(
      'SC7005',
      path,
      `scratch names ${chosen.length === 0 ? 'no database' : `several: ${chosen.join(', ')}`}`,
      'give exactly one of url, env, target, embedded',
    );
    return null;
  }
  if (raw.superuser && !raw.target)
    context.fault('SC7005', [...path, 'superuser'], 'superuser only goes with target: true', 'remove superuser');
  if (raw.target) return { kind: 'target', superuserConsent: raw.superuser === true };
  if (raw.embedded) return { kind: 'embedded' };
  const key = chosen[0] as 'url' | 'env';
  const source: ConnectionSource = key === 'url' ? { from: 'text', url: raw.url as string } : { from: 'env', name: raw.env as string };
  return { kind: 'url', connection: { source, span: context.yaml.span([...path, key]) } };
}

function environment(context: Resolution, name: string, raw: RawEnvironment, base: Settings, outer: RawSettings): Environment {
  const path: YamlPath = ['environments', name];
  const rules = raw.policy === undefined ? undefined : context.policies.get(raw.policy);
  if (raw.policy !== undefined && rules === undefined) {
    const meant = nearest(raw.policy, context.policies.keys());
    context.fault(
      'SC7006',
      [...path, 'policy'],
      `no policy is named ${raw.policy}`,
      meant ? `did you mean ${meant}?` : `add it under policies`,
    );
  }
  const keys = (raw.trusted_keys ?? []).map((key, index) => trustedKey(context, key, [...path, 'trusted_keys', index]));
  const threshold = raw.threshold ?? 1;
  if (raw.require_signature && keys.length < threshold) {
    context.fault(
      'SC7005',
      [...path, 'require_signature'],
      `${name} asks for ${threshold} of ${keys.length} trusted keys: no plan can pass`,
      'list the keys under trusted_keys',
    );
  }
  const own = settings(context, raw, path, outer, base);
  return {
    ...own,
    desired: [...own.desired, ...sources(context, raw.overlays ?? [], [...path, 'overlays'])],
    name,
    connection: connection(context, raw, path),
    policy: raw.policy === undefined ? null : { name: raw.policy, rules: rules ?? {} },
    confirm: raw.confirm ?? 'yes',
    require_signature: raw.require_signature ?? false,
    trusted_keys: keys.filter((key) => key !== null),
    threshold,
  };
}

function connection(context: Resolution, raw: RawEnvironment, path: YamlPath): ConfiguredConnection | null {
  if (raw.url !== undefined && raw.service !== undefined)
    context.fault('SC7005', [...path, 'service'], 'an environment has a url or a service, not both', 'remove one');
  if (raw.service !== undefined) return { source: { from: 'service', name: raw.service }, span: context.yaml.span([...path, 'service']) };
  if (raw.url === undefined) return null;
  return { source: connectionSource(context, raw.url), span: context.yaml.span([...path, 'url']) };
}

function connectionSource(context: Resolution, raw: RawConnection): ConnectionSource {
  if (typeof raw === 'string') return { from: 'text', url: raw };
  if (raw.env !== undefined) return { from: 'env', name: raw.env };
  if (raw.file !== undefined) return { from: 'file', path: resolve(context.folder, raw.file) };
  return { from: 'command', argv: raw.command ?? [], cwd: context.folder };
}

/** Files are not read here: the keys of an environment matter only to those who use it. */
function trustedKey(context: Resolution, raw: RawKey, path: YamlPath): TrustedKeyEntry | null {
  if ((raw.file === undefined) === (raw.public_key === undefined)) {
    context.fault('SC7005', path, `key ${raw.name} needs either file or public_key`);
    return null;
  }
  const { name, not_after } = raw;
  if (not_after !== undefined && Number.isNaN(new Date(not_after).getTime()))
    context.fault('SC7005', [...path, 'not_after'], `${not_after} is not a date`);
  const public_key = raw.public_key ?? resolve(context.folder, raw.file as string);
  return { name, public_key, ...(not_after === undefined ? {} : { not_after }) };
}
