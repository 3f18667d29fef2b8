/** Everything that planning found -> the plan document and what a caller needs beside it. Knows no kind. */
import type { ClientBase } from 'pg';
import type { ServerFacts } from '../catalog/server.js';
import { PINNED_SETTINGS } from '../catalog/session.js';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { Attributes, SchemaObject, State } from '../core/object.js';
import type { Hash, PlanBody, PlanChange, PlanHazard, PlanNote, PlanScope, PlanStep } from '../core/plan.js';
import type { Desired } from '../desired/declaration.js';
import { commitOf } from '../desired/git.js';
import { declaredIn, declaredNames } from '../diff/declared-names.js';
import type { Scope, Scoped } from '../diff/scope.js';
import { hashObject } from '../kinds/hashing.js';
import { kindByName } from '../kinds/registry.js';
import { newDocument } from './arrange.js';
import type { Converged } from './converge.js';
import type { DesiredState } from './desired-state.js';
import { type Estimate, estimateKey, readEstimates } from './estimates.js';
import { gate } from './gate.js';
import { fingerprintOf, managedHashes } from './managed.js';
import type { PlanOptions, PlanOutcome } from './options.js';
import type { Past } from './past.js';
import type { Renamed } from './renames.js';
import { rootOf } from './roots.js';
import { planSteps, sourceOf } from './steps.js';
import { usesOf } from './uses.js';

export interface DocumentInput {
  readonly options: PlanOptions;
  readonly target: ClientBase;
  readonly facts: ServerFacts;
  readonly live: State;
  readonly past: Past | null;
  readonly wanted: DesiredState;
  readonly scope: Scope;
  readonly scoped: Scoped;
  readonly renamed: Renamed;
  readonly changes: readonly Change[];
  readonly converged: Converged;
  readonly files: Desired['files'];
  readonly variables: Desired['variables'];
  readonly notes: readonly Diagnostic[];
  readonly id: string;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export async function planDocument(input: DocumentInput): Promise<PlanOutcome> {
  const { options, facts, converged, live } = input;
  const estimates = await readEstimates(input.target, relationsOf(converged, live));
  const estimate = (address: Address): Estimate | null => {
    const [schema, name] = live.get(address)?.parts ?? [];
    return schema !== undefined && name !== undefined ? (estimates.get(estimateKey(schema, name)) ?? null) : null;
  };
  const stakeOf = (hazard: PlanHazard): Estimate | null => (hazard.estimate === undefined ? estimate(hazard.address) : hazard.estimate);
  const planned = withAdoption(planSteps({ converged, timeouts: options.timeouts, spans: input.wanted.spans, estimate, live }), input);
  // A step may drop several things: each hazard says what is at stake there.
  const steps = planned.map((step) => ({ ...step, hazards: step.hazards.map((each) => ({ ...each, estimate: stakeOf(each) })) }));
  const rows = (hazard: PlanHazard): number | null => stakeOf(hazard)?.rows ?? null;
  const { policy, blocked } = gate({ steps, allow: options.allow, policy: options.policy, user: options.by, rows });
  const scope = scopeRecord(input);
  const changes = planChanges(input);
  // What is made again because of something else counts too, though nobody declared it (the owner of a publication).
  const also = new Set([...input.scoped.desired.keys(), ...changes.map(({ address }) => address)]);
  const before = managedHashes(live, scope, also, kindByName);
  const after = managedHashes(converged.endState, scope, also, kindByName);
  const body: PlanBody = {
    id: input.id,
    created_at: options.now.toISOString(),
    not_after: (options.not_after ?? new Date(options.now.getTime() + WEEK_MS)).toISOString(),
    contract_not_after: steps.some(({ phase }) => phase === 'contract') ? (options.contract_not_after?.toISOString() ?? null) : null,
    ...(options.contract_after_ms == null ? {} : { contract_after_ms: options.contract_after_ms }),
    ...(options.contract_after_unused_ms == null || !steps.some(({ phase }) => phase === 'contract')
      ? {}
      : {
          contract_after_unused_ms: options.contract_after_unused_ms,
          uses: usesOf(changes, live, options.bothNames === true, kindByName),
        }),
    tool: options.tool,
    database: {
      system_identifier: facts.system_identifier,
      name: facts.database,
      uuid: input.past?.database ?? null,
      server_version: facts.version,
      major: facts.major,
    },
    apply_as: facts.current_user,
    settings: PINNED_SETTINGS,
    environment: options.environment,
    scope,
    desired: {
      digest: digestOf(input),
      commit: await commitOfFiles(input.files),
      files: input.files.map((file) => ({ path: file.path, digest: hashText(file.sha256) })),
      ...(input.variables === undefined ? {} : { variables: input.variables }),
    },
    policy,
    before: { fingerprint: fingerprintOf(before), objects: marks(before) },
    after: { fingerprint: fingerprintOf(after) },
    footprint: footprintOf(converged, steps, live),
    families: familiesOf(converged, steps, live),
    ...(input.wanted.rows.length === 0 ? {} : { rows: input.wanted.rows }),
    changes,
    steps,
    notes: input.notes.map(note),
    ...(options.supersede === undefined ? {} : { supersedes: [options.supersede] }),
    complete: true,
  };
  const count = (type: PlanChange['type']): number => changes.filter((change) => change.type === type).length;
  const dropped = new Set(changes.filter((change) => change.type === 'drop').map((change) => change.address));
  const replaced = changes.filter((change) => change.type === 'add' && dropped.has(change.address)).length;
  return {
    document: newDocument(body),
    blocked,
    diagnostics: input.notes,
    summary: {
      add: count('add') - replaced,
      change: count('set'),
      rename: count('rename'),
      replace: replaced,
      drop: count('drop') - replaced,
    },
    objects: input.scoped.desired.size,
    isEmpty: steps.length === 0,
    undeclared: input.scoped.undeclared,
    compared: { desired: input.scoped.desired, current: input.scoped.current, live },
  };
}

/** The same files mean something else with other values. */
export function digestOf({ files, variables }: Pick<DocumentInput, 'files' | 'variables'>): Hash {
  const texts = files.map((file) => [file.path, file.sha256]);
  return sha256(JSON.stringify(variables === undefined ? texts : [texts, variables]));
}

/** Nothing was ever applied here: then a drop may hit what nobody meant to manage. */
function withAdoption(steps: readonly PlanStep[], input: DocumentInput): readonly PlanStep[] {
  if (input.options.adopt || input.past?.applied) return steps;
  const dropped = new Map(input.changes.filter((change) => change.type === 'drop').map((change) => [change.address, change]));
  return steps.map((step) => {
    const gone = Object.keys(step.after).filter((address) => step.after[address] === null && dropped.has(address));
    const roots = gone.filter((address) => !gone.includes(input.live.get(address)?.parent ?? ''));
    const hazards = roots.map(
      (address): PlanHazard => ({
        code: 'unadopted-drop',
        address,
        message: `${address} would be dropped, and schemactl never applied a plan to this database: --adopt says that it manages it now`,
        destructive: true,
      }),
    );
    return hazards.length === 0 ? step : { ...step, hazards: [...step.hazards, ...hazards] };
  });
}

function scopeRecord(input: DocumentInput): PlanScope {
  const declared = declaredIn(input.wanted.declared);
  const mentioned = [...input.wanted.state.values()]
    .filter((object) => kindByName.get(object.kind)?.presence === 'declared')
    .flatMap((object) => declaredNames(object, kindByName).filter(declared.has));
  return {
    managed: input.options.manage,
    ignored: input.options.ignore,
    schemas: [...input.scope.schemas].sort(),
    declared: [...new Set([...mentioned, ...input.scope.mentioned])].sort(),
  };
}

/** Enough of each hash to name the objects that moved; the fingerprint is what decides. */
function marks(hashes: ReadonlyMap<Address, Hash>): Readonly<Record<Address, string>> {
  return Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([address, hash]) => [address, hash.slice(7, 23)]));
}

function footprintOf(converged: Converged, steps: readonly PlanStep[], live: State): Readonly<Record<Address, Hash | null>> {
  const addresses = new Set([...converged.footprint.keys(), ...steps.flatMap((step) => Object.keys(step.before))]);
  return Object.fromEntries(
    [...addresses].sort().map((address) => {
      const object = live.get(address);
      return [address, object === undefined ? null : hashObject(kindByName, object)];
    }),
  );
}

/** What the plan touches a part of, where the footprint knows every part: a rename reaches columns of children of which it knows no more. */
function familiesOf(converged: Converged, steps: readonly PlanStep[], live: State): readonly Address[] {
  const touched = new Set(steps.flatMap((step) => Object.keys(step.before)));
  const known = (address: Address): boolean => converged.footprint.has(address) || touched.has(address);
  const partial = new Set([...live.keys()].filter((address) => !known(address)).map((address) => rootOf(live, address)));
  const roots = [live, converged.endState].flatMap((state) =>
    [...touched].filter((address) => state.has(address)).map((address) => rootOf(state, address)),
  );
  return [...new Set(roots)].filter((root) => !partial.has(root)).sort();
}

function planChanges(input: DocumentInput): readonly PlanChange[] {
  const replaced = new Map<Address, SchemaObject>();
  for (const work of input.converged.work)
    for (const address of work.replaced.keys()) replaced.set(address, work.creates.get(address) as SchemaObject);
  const list: PlanChange[] = [];
  const source = (address: Address): Pick<PlanChange, 'source'> => {
    const found = sourceOf(input.wanted.spans.get(address));
    return found ? { source: found } : {};
  };
  for (const change of input.renamed.changes) {
    if (change.type === 'rename') list.push({ type: 'rename', address: change.address, from: change.from, ...source(change.address) });
  }
  for (const change of input.changes) {
    if (change.type === 'rename') continue;
    const place = source(change.address);
    if (change.type === 'add') list.push({ type: 'add', address: change.address, after: change.after.attributes, ...place });
    else if (change.type === 'drop') list.push({ type: 'drop', address: change.address, before: change.before.attributes });
    else if (replaced.has(change.address)) {
      list.push(...replacement(change.address, change.before.attributes, change.after.attributes, place));
    } else list.push({ type: 'set', address: change.address, before: change.before.attributes, after: change.after.attributes, ...place });
  }
  const listed = new Set(list.map((change) => change.address));
  for (const [address, object] of replaced) {
    if (listed.has(address)) continue;
    const before = input.live.get(address)?.attributes ?? object.attributes;
    list.push(...replacement(address, before, object.attributes, source(address)));
  }
  return list.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** A replacement is a drop and an add at one address. */
function replacement(address: Address, before: Attributes, after: Attributes, place: Pick<PlanChange, 'source'>): readonly PlanChange[] {
  return [
    { type: 'drop', address, before },
    { type: 'add', address, after, ...place },
  ];
}

function relationsOf(converged: Converged, live: State): readonly (readonly [string, string])[] {
  const pairs = new Map<string, readonly [string, string]>();
  for (const unit of converged.units) {
    for (const { operation } of unit.tasks) {
      for (const address of [operation.lock?.address, ...(operation.hazards ?? []).map((hazard) => hazard.address)]) {
        const [schema, name] = (address === undefined ? undefined : live.get(address)?.parts) ?? [];
        if (schema !== undefined && name !== undefined) pairs.set(estimateKey(schema, name), [schema, name]);
      }
    }
  }
  return [...pairs.values()];
}

function note(diagnostic: Diagnostic): PlanNote {
  const { code, severity, summary, detail, hint, address } = diagnostic;
  const source = sourceOf(diagnostic.span);
  return {
    code,
    severity,
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    ...(address === undefined ? {} : { address }),
    ...(source === null ? {} : { source }),
  };
}

/** Of files from git, the one that all are from; else that of the checkout, when it holds them all unchanged. */
async function commitOfFiles(files: Desired['files']): Promise<string | null> {
  const commits = new Set(files.map((file) => file.commit));
  const [commit] = commits;
  if (commits.size === 1 && commit !== undefined) return commit;
  return commits.size === 1 ? commitOf(files.map((file) => file.path)) : null;
}

function hashText(hex: string): Hash {
  return hex.startsWith('sha256:') ? hex : `sha256:${hex}`;
}
