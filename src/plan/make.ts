/** The main job: desired files and a live database -> a proven plan document. Orchestrates; knows no kind. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type DatabaseContent, readDatabase } from '../catalog/read.js';
import { readServer, type ServerFacts } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { unmodelledDiagnostic } from '../catalog/unmodelled.js';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { Desired } from '../desired/declaration.js';
import { rolesNamed } from '../desired/roles.js';
import { databasePatterns, kindsAskedFor } from '../diff/cluster-wide.js';
import { compare } from '../diff/compare.js';
import { applyScope, type Scope, type Scoped } from '../diff/scope.js';
import { adoptNames } from '../diff/unnamed.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { kindsWithRows } from '../kinds/with-rows.js';
import { openScratch, type Scratch } from '../scratch/open.js';
import { openOwnServers } from '../scratch/own-servers.js';
import { unmanageable, withoutRoles } from './cluster.js';
import { NO_SIZES } from './context.js';
import { converge } from './converge.js';
import { databaseNameProblems } from './database-name.js';
import { nothingDeclared } from './desired-input.js';
import { type DesiredState, desiredState } from './desired-state.js';
import { digestOf, planDocument } from './document.js';
import { HintUse } from './hint-use.js';
import { withoutOpenPlans } from './in-transition.js';
import { type Keeping, keeping } from './keeping.js';
import { lacksValues } from './lacking-values.js';
import type { PlanOptions, PlanOutcome } from './options.js';
import type { Past } from './past.js';
import { patternProblems } from './patterns.js';
import { readSources } from './read-sources.js';
import { applyRenames } from './renames.js';
import { settleText } from './settle.js';
import { REWRITE_BYTES, readSizes } from './sizes.js';
import { surroundings } from './surroundings.js';

/** @throws DiagnosticError for whatever keeps a plan from being made; nothing is ever changed in the target. */
export async function makePlan(
  options: PlanOptions,
  readPast: (client: pg.ClientBase) => Promise<Past | null>,
  /** The desired state, where it has been read already. */
  read?: Desired,
): Promise<PlanOutcome> {
  throwOnErrors(patternProblems([...options.manage, ...options.ignore, ...options.allow.flatMap(({ address }) => address ?? [])]));
  const target = await connect(options);
  try {
    stage(options, 'read the desired files');
    const desired = read ?? (await readSources(options.desired, { ...options, database: options.target.config.database }));
    if (lacksValues(desired.diagnostics)) throw new DiagnosticError(desired.diagnostics);
    const kindList = kindsAskedFor(kinds, options.manage);
    if (desired.declarations.length === 0 && !desired.diagnostics.some((d) => d.severity === 'error'))
      throw new DiagnosticError([nothingDeclared(options.desired)]);
    const facts = await readServer(target);
    stage(options, `read the catalog of ${options.target.label}`);
    const content = await readDatabase(target, { major: facts.major, kinds: kindList });
    stage(options, 'run the desired state in scratch');
    const extensions = desired.declarations.flatMap((d) => d.provides.filter((ref) => ref.space === 'extension').map((ref) => ref.name));
    const roles = rolesNamed(desired.declarations);
    throwOnErrors(unmanageable(desired.declarations, options.manage, facts, kindByName));
    const named = databaseNameProblems(desired.declarations, facts.database);
    throwOnErrors(named);
    const open = kindList.some((kind) => kind.clusterWide === true) ? openOwnServers : openScratch;
    const scratch = await open({
      choice: options.scratch,
      target: options.target,
      facts: withoutRoles(facts, content.state, kindByName),
      extensions,
      roles,
      signal: options.signal,
    });
    try {
      const around = surroundings({ live: content.state, declarations: desired.declarations, manage: options.manage, kinds: kindByName });
      const wanted = await desiredState(desired, scratch, { major: facts.major, kindList, kinds: kindByName, around });
      const read = { ...wanted, diagnostics: [...wanted.diagnostics, ...named] };
      const kindsRead = kindsWithRows(kindList, wanted.rows);
      // Which rows to look for is known only now.
      const held = wanted.rows.length === 0 ? content : await readDatabase(target, { major: facts.major, kinds: kindsRead });
      const kept = keeping(options, held.state);
      const manage = databasePatterns(options.manage, kindByName).length === 0 ? [] : kept.purged;
      return await planFrom(
        { ...options, manage: [...options.manage, ...manage], ignore: [...options.ignore, ...kept.ignore] },
        kept,
        target,
        facts,
        scratch,
        read,
        desired,
        await readPast(target),
        held,
      );
    } finally {
      await scratch.close();
    }
  } finally {
    await target.end();
  }
}

async function planFrom(
  options: PlanOptions,
  kept: Keeping,
  target: pg.Client,
  facts: ServerFacts,
  scratch: Scratch,
  wanted: DesiredState,
  { files, variables }: Desired,
  past: Past | null,
  content: DatabaseContent,
): Promise<PlanOutcome> {
  const { state: live, unmodelled } = content;
  const kindList = kindsWithRows(kindsAskedFor(kinds, options.manage), wanted.rows);
  const common = { scratch, kinds: kindByName, kindList, major: facts.major, initial: wanted.initial };
  const open = (past?.open ?? []).filter(({ id }) => id !== options.supersede);
  const renamed = await applyRenames({
    ...common,
    current: live,
    desired: wanted.state,
    hints: wanted.hints,
    bothNames: options.bothNames ?? false,
    sizes: NO_SIZES,
    inTransition: new Set(open.flatMap(({ begun, ends }) => (begun ? [...ends.keys()] : []))),
  });
  throwOnErrors(renamed.diagnostics);

  stage(options, 'compare');
  const scope: Scope = {
    manage: databasePatterns(options.manage, kindByName).length === 0 ? options.manage : [...options.manage, ...kept.purged],
    ignore: options.ignore,
    schemas: new Set([...namedSchemas(wanted), ...kept.purged]),
    declared: wanted.declared,
    mentioned: new Set(past?.declared ?? []),
    initial: wanted.initial,
  };
  throwOnErrors(vanishedSchemas(past?.schemas ?? [], scope, renamed.state));
  const named = options.strictNames ? new Set(wanted.state.keys()) : wanted.named;
  const scoped = scopeBoth(wanted, renamed.state, scope, named);
  const digest = digestOf({ files, variables });
  const different = await settleText({ ...common, current: renamed.state, desired: wanted.state, changes: changesOf(scoped, wanted) });
  const transition = withoutOpenPlans({
    changes: different,
    open,
    desired: scoped.desired,
    current: scoped.current,
    kinds: kindByName,
    unset: wanted.unset,
    digest,
  });
  throwOnErrors([...transition.diagnostics, ...notOpen(options, past)]);
  const { changes } = transition;

  const hints = new HintUse(wanted.hints, [...renamed.used]);
  const stays = new Map([...renamed.state].filter(([address]) => !scoped.current.has(address)));
  const targetState: State = withoutOrphans(new Map([...stays, ...scoped.desired]), renamed.state);
  stage(options, `plan and prove ${changes.length} changes`);
  const settledAway = settled(changesOf(scoped, wanted), changes);
  const converged = await converge({
    ...common,
    online: options.online,
    sizes: await readSizes(target, changes, renamed.state, options.rewrite_bytes ?? REWRITE_BYTES),
    retirement: kept.retirement,
    role: facts.current_user,
    database: facts.database,
    live,
    current: renamed.state,
    renames: renamed.units,
    renamedFrom: renamed.touched,
    target: targetState,
    changes,
    unmanaged: (object) => !scoped.current.has(object.address),
    hint: (address, name) => hints.take(address, name),
    differences: (state) => changesOf(scopeBoth(wanted, state, scope, named), wanted).filter((change) => !settledAway.has(change.address)),
  });
  const unusedHints = hints.unused(changes);
  throwOnErrors(unusedHints);
  return planDocument({
    options,
    target,
    facts,
    live,
    past,
    wanted,
    scope,
    scoped,
    renamed,
    changes,
    converged,
    files,
    variables,
    notes: [
      ...transition.diagnostics,
      ...kept.diagnostics,
      ...wanted.diagnostics,
      ...unmodelledDiagnostic(unmodelled, { strict: options.strictCoverage ?? false }),
      ...renamed.diagnostics,
      ...unusedHints,
    ],
    id: randomUUID(),
  });
}

function scopeBoth(wanted: DesiredState, current: State, scope: Scope, named: ReadonlySet<Address>): Scoped {
  return applyScope(adoptNames(wanted.state, current, named, kindByName), current, scope, kindByName);
}

function changesOf(scoped: Scoped, wanted: DesiredState): readonly Change[] {
  return compare(scoped.desired, scoped.current, { kinds: kindByName, unset: wanted.unset });
}

function settled(all: readonly Change[], left: readonly Change[]): ReadonlySet<Address> {
  const kept = new Set(left.map((change) => change.address));
  return new Set(all.map((change) => change.address).filter((address) => !kept.has(address)));
}

/** Objects out of scope that live in something that is dropped go with it. */
function withoutOrphans(state: State, current: State): State {
  const stays = (address: Address): boolean => {
    const object = state.get(address);
    if (object === undefined) return false;
    return object.parent === null || !current.has(object.parent) || stays(object.parent);
  };
  return new Map([...state].filter(([address]) => stays(address)));
}

/** Only what is there can be superseded. */
function notOpen({ supersede }: PlanOptions, past: Past | null): readonly Diagnostic[] {
  if (supersede === undefined || (past?.open ?? []).some(({ id }) => id === supersede)) return [];
  return [
    {
      code: 'SC2405',
      severity: 'error',
      summary: `no plan ${supersede} is open here`,
      hint: 'schemactl status lists the open plans; leave out --supersede',
    },
  ];
}

export function namedSchemas(wanted: DesiredState): ReadonlySet<string> {
  const schemas = new Set<string>();
  for (const address of wanted.declared) {
    const object = wanted.state.get(address);
    const name = object?.parts[0];
    if (object && name !== undefined && kindByName.get(object.kind)?.schema === undefined) schemas.add(name);
  }
  return schemas;
}

/** What the last applied plan managed and nothing names any more: dropping it all or forgetting it are both guesses. */
function vanishedSchemas(before: readonly string[], scope: Scope, current: State): readonly Diagnostic[] {
  if (databasePatterns(scope.manage, kindByName).length > 0) return [];
  const there = new Set([...current.values()].map((object) => object.parts[0]));
  return before
    .filter((schema) => !scope.schemas.has(schema) && there.has(schema) && !scope.ignore.some((pattern) => pattern.startsWith(schema)))
    .map((schema) => ({
      code: 'SC2201',
      severity: 'error',
      summary: `schema ${schema} was managed by the last applied plan, and nothing in the desired state names it any more`,
      hint: `say which: --manage ${schema} drops what is in it, --ignore ${schema} leaves it alone`,
    }));
}

/** Tells what comes next, and stops here when the caller no longer wants it: a plan changes nothing, so any place is good. */
function stage(options: PlanOptions, task: string): void {
  if (options.signal?.aborted) {
    throw new DiagnosticError(
      [{ code: 'SC2402', severity: 'error', summary: 'interrupted while planning; nothing was changed', hint: 'run the command again' }],
      ExitCode.interrupted,
    );
  }
  options.onEvent?.({ type: 'started', task });
}

async function connect(options: PlanOptions): Promise<pg.Client> {
  stage(options, `connect to ${options.target.label}`);
  const client = new pg.Client(options.target.config);
  client.on('error', () => undefined);
  await client.connect();
  await pinSession(client);
  return client;
}

function throwOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) throw new DiagnosticError(diagnostics);
}
