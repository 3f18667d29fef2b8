/** What a database holds otherwise than desired files say, asked again and again for other texts of the files. Knows no kind and no language. */
import pg from 'pg';
import { readCatalog } from '../catalog/read.js';
import { readServer, type ServerFacts } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Desired } from '../desired/declaration.js';
import type { FoundFiles } from '../desired/found-files.js';
import { desiredOf } from '../desired/load.js';
import { rolesNamed } from '../desired/roles.js';
import { kindsAskedFor } from '../diff/cluster-wide.js';
import { compare } from '../diff/compare.js';
import { applyScope, type Scope } from '../diff/scope.js';
import { adoptNames } from '../diff/unnamed.js';
import { kindFor } from '../kinds/hashing.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { withoutRoles } from '../plan/cluster.js';
import { desiredInput } from '../plan/desired-input.js';
import { desiredState } from '../plan/desired-state.js';
import { namedSchemas } from '../plan/make.js';
import type { Past } from '../plan/past.js';
import { settleText } from '../plan/settle.js';
import { surroundings } from '../plan/surroundings.js';
import { openScratch, type Scratch } from '../scratch/open.js';
import { openOwnServers } from '../scratch/own-servers.js';
import type { PullOptions } from './options.js';

export interface Difference {
  readonly desired: Desired;
  /** What the files say, as the server understands it. */
  readonly said: State;
  /** What they should say: that, with the changes folded in. */
  readonly wanted: State;
  readonly initial: State;
  /** What leads from the files to the database, by address. */
  readonly changes: readonly Change[];
  readonly major: number;
  /** Name of the database. */
  readonly database: string;
}

/** Texts of desired files by path. */
export type Texts = ReadonlyMap<string, string>;

export function filesOf(texts: Texts): FoundFiles {
  return { files: [...texts].map(([path, text]) => ({ path, text, sha256: sha256(text) })), diagnostics: [] };
}

/** A database and a scratch server, held open. */
export interface Comparing {
  /** @throws DiagnosticError with every error that the files hold. */
  difference(texts: Texts): Promise<Difference>;
  /** Plans that are under way: what they have half done belongs into no file. */
  readonly open: readonly Diagnostic[];
  close(): Promise<void>;
}

export async function openComparing(
  options: PullOptions,
  first: Desired,
  readPast: (client: pg.ClientBase) => Promise<Past | null>,
): Promise<Comparing> {
  const target = new pg.Client(options.target.config);
  target.on('error', () => undefined);
  await target.connect();
  try {
    await pinSession(target);
    const facts = await readServer(target);
    const kindList = kindsAskedFor(kinds, options.manage);
    const live = await readCatalog(target, { major: facts.major, kinds: kindList });
    const past = await readPast(target);
    const scratch = await openFor(options, first, facts, live);
    return {
      difference: (texts) => differenceOf(texts, { options, facts, live, past, scratch }),
      open: (past?.open ?? []).map(openPlan),
      close: async () => {
        await scratch.close();
        await target.end();
      },
    };
  } catch (error) {
    await target.end();
    throw error;
  }
}

function openPlan({ id, started_at }: Past['open'][number]): Diagnostic {
  return {
    code: 'SC2403',
    severity: 'error',
    summary: `plan ${id} is open since ${started_at}: the database is on its way from one state to another`,
    hint: `finish it with apply, or give it up with schemactl abort ${id}`,
  };
}

async function openFor(options: PullOptions, { declarations }: Desired, facts: ServerFacts, live: State): Promise<Scratch> {
  const kindList = kindsAskedFor(kinds, options.manage);
  const extensions = declarations.flatMap(({ provides }) => provides.filter((ref) => ref.space === 'extension').map((ref) => ref.name));
  return (kindList.some((kind) => kind.clusterWide === true) ? openOwnServers : openScratch)({
    choice: options.scratch,
    target: options.target,
    facts: withoutRoles(facts, live, kindByName),
    extensions,
    roles: rolesNamed(declarations),
    signal: options.signal,
  });
}

interface Held {
  readonly options: PullOptions;
  readonly facts: ServerFacts;
  readonly live: State;
  readonly past: Past | null;
  readonly scratch: Scratch;
}

async function differenceOf(texts: Texts, { options, facts, live, past, scratch }: Held): Promise<Difference> {
  const { manage, ignore } = options;
  const desired = await desiredOf(filesOf(texts), desiredInput([], manage, options.variables));
  throwOnErrors(desired.diagnostics);
  const kindList = kindsAskedFor(kinds, manage);
  const around = surroundings({ live, declarations: desired.declarations, manage, kinds: kindByName });
  const wanted = await desiredState(desired, scratch, { major: facts.major, kindList, kinds: kindByName, around, rows: false });
  const scope: Scope = {
    manage,
    ignore,
    schemas: namedSchemas(wanted),
    declared: wanted.declared,
    mentioned: new Set(past?.declared ?? []),
    initial: wanted.initial,
  };
  const named = options.strictNames ? new Set(wanted.state.keys()) : wanted.named;
  // Names that nobody gave: the files say what the database has under the name that it has there.
  const adopted = adoptNames(wanted.state, live, named, kindByName);
  const scoped = applyScope(adopted, live, scope, kindByName);
  const common = { scratch, kinds: kindByName, kindList, major: facts.major, initial: wanted.initial };
  const found = compare(scoped.desired, scoped.current, { kinds: kindByName, unset: wanted.unset });
  const changes = (await settleText({ ...common, current: live, desired: adopted, changes: found })).flatMap(reversed);
  // Owners and privileges that scratch gave by itself are nothing that the files say.
  const isSaid = (object: SchemaObject): boolean =>
    kindFor(kindByName, object).presence !== 'declared' || scoped.desired.has(object.address);
  const said = new Map([...adopted].filter(([, object]) => isSaid(object)));
  return { desired, said, wanted: folded(said, changes), initial: wanted.initial, changes, major: facts.major, database: facts.database };
}

/** From the way to the database as files want it, the way to files as the database is. */
function reversed(change: Change): readonly Change[] {
  switch (change.type) {
    case 'add':
      return [{ type: 'drop', address: change.address, before: change.after }];
    case 'drop':
      return [{ type: 'add', address: change.address, after: change.before }];
    case 'set':
      return [{ ...change, before: change.after, after: change.before }];
    default:
      return [];
  }
}

function folded(said: State, changes: readonly Change[]): State {
  const state = new Map<Address, SchemaObject>(said);
  for (const change of changes) {
    if (change.type === 'drop') state.delete(change.address);
    else if (change.type !== 'rename') state.set(change.address, change.after);
  }
  return state;
}

function throwOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics);
}
