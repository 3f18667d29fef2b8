/**
 * The privileges that each step needs of the role that runs it: what follows from the verb of its statements, what its pins take, and what
 * the kinds add (Operation.requires). Knows kinds only by their slots.
 */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import type { PlanRequirement } from '../core/plan.js';
import { schemaOf } from '../diff/scope.js';
import { kindFor } from '../kinds/hashing.js';
import { kindByName } from '../kinds/registry.js';
import { childrenOf } from './context.js';
import { pinnedBy } from './pins.js';
import type { UnitProof } from './prove.js';
import type { Unit } from './schedule.js';
import type { Task } from './task.js';

/** What GRANT calls these, another object needs USAGE of to be made of them. */
const USED = /^(SCHEMA|TYPE|DOMAIN|LANGUAGE|FOREIGN DATA WRAPPER|FOREIGN SERVER) /;

const isType = (object: SchemaObject): boolean => /^(TYPE|DOMAIN) /.test(kindFor(kindByName, object).grantReference?.(object) ?? '');

/**
 * One list per unit, sorted and without repetition; addresses are those that the unit finds. What an earlier statement of the plan made
 * belongs to the role that applies it and needs nothing.
 */
export function requirementsOf(units: readonly Unit[], proofs: readonly UnitProof[]): readonly (readonly PlanRequirement[])[] {
  const made = new Set<Address>();
  return units.map((unit, index) => {
    const proof = proofs[index];
    const found: PlanRequirement[] = [];
    for (const task of unit.tasks) {
      const own = task.operation.requires ?? [];
      if (task.role === 'create') made.add(task.address);
      // A superuser may do all of it.
      const needs =
        own.some(({ privilege }) => privilege === 'SUPERUSER') || proof === undefined ? own : [...verbNeeds(task, proof, made), ...own];
      found.push(...needs.filter((need) => need.on === null || !made.has(need.on)));
    }
    if (proof !== undefined && unit.transaction === 'transaction') found.push(...pinNeeds(proof, made));
    return unique(found);
  });
}

function verbNeeds(task: Task, { states }: UnitProof, made: ReadonlySet<Address>): readonly PlanRequirement[] {
  const isDrop = task.role === 'drop';
  const [first, second] = isDrop ? [states.before, states.after] : [states.after, states.before];
  const state: State = first.has(task.address) ? first : second;
  const object = state.get(task.address);
  if (object === undefined) return [];
  const holder = task.role === 'create' ? (object.parent === null ? null : state.get(object.parent)) : object;
  const owned = holder ? ownedBy(holder, state) : null;
  const schema = schemaAround(object, state);
  const places = schema !== null && hasOwner(object, state) && schema !== object.address && makesName(task, object);
  return [
    ...(owned === null || made.has(owned) ? [] : [{ privilege: 'OWNER', on: owned }]),
    ...(places ? [{ privilege: 'CREATE', on: schema }] : []),
    ...(schema === null || schema === object.address ? [] : [{ privilege: 'USAGE', on: schema }]),
    ...(isDrop ? [] : usedBy(object, task, states).flatMap((on) => usageOf(on, state))),
  ].filter(({ on }) => !made.has(on));
}

/** CREATE OR REPLACE and RENAME ask for CREATE on the schema as CREATE does, but for types, whose owner may rename them [15, 18]. */
function makesName(task: Task, object: SchemaObject): boolean {
  if (task.role === 'create' || task.operation.sql.startsWith('CREATE OR REPLACE ')) return true;
  return task.id.startsWith('rename ') && !isType(object);
}

/** What an object and the parts that its CREATE carries lean on. */
function usedBy(object: SchemaObject, task: Task, { before, after }: UnitProof['states']): readonly Address[] {
  const parts = [object];
  const children = childrenOf(after);
  if (task.role === 'create') {
    for (let i = 0; i < parts.length; i += 1) {
      for (const part of children.get(parts[i]?.address ?? '') ?? []) if (!before.has(part.address)) parts.push(part);
    }
  }
  return [...new Set(parts.flatMap((part) => part.dependsOn))];
}

/** To name something takes USAGE of the schema that it is in, or that an extension put its things into. */
function usageOf(address: Address, state: State): readonly { readonly privilege: string; readonly on: Address }[] {
  const object = state.get(address);
  if (object === undefined) return [];
  const own = kindFor(kindByName, object).grantReference?.(object) ?? '';
  const around = schemaAround(object, state);
  const schemas = around === null ? object.dependsOn.filter((on) => isSchema(state.get(on), state)) : [around];
  return [...(USED.test(own) ? [address] : []), ...schemas].map((on) => ({ privilege: 'USAGE', on }));
}

/** Pins alter what they hold, and so need its owner; what has no owner is for superusers. */
function pinNeeds({ before, states }: UnitProof, made: ReadonlySet<Address>): readonly PlanRequirement[] {
  return Object.keys(before).flatMap((address): readonly PlanRequirement[] => {
    const found = pinnedBy(address, states.before, states.after);
    if (found === null || !('sql' in found.pin)) return [];
    const owned = ownedBy(found.object, states.before);
    const needs = found.pin.requires ?? (owned === null ? [] : [{ privilege: 'OWNER', on: owned }]);
    return needs.filter(({ on }) => on === null || !made.has(on));
  });
}

/** The object itself or the nearest one around it that has an owner; null: none has one, and its kind says what it needs. */
function ownedBy(object: SchemaObject, state: State): Address | null {
  const seen = new Set<Address>();
  for (let at: SchemaObject | undefined = object; at !== undefined && !seen.has(at.address); ) {
    if (hasOwner(at, state)) return at.address;
    seen.add(at.address);
    // The sequence of a column has no parent, and goes with the column.
    at = state.get(at.parent ?? at.goesWith[0] ?? '');
  }
  return null;
}

function hasOwner(object: SchemaObject, state: State): boolean {
  return (childrenOf(state).get(object.address) ?? []).some((child) => {
    const kind = kindFor(kindByName, child);
    return kind.presence === 'declared' && kind.always === true;
  });
}

/** Address of the schema that an object is in; null: in none, or in one that is not read. */
function schemaAround(object: SchemaObject, state: State): Address | null {
  const name = schemaOf(object, state, kindByName);
  return name === null ? null : (schemasOf(state).get(name) ?? null);
}

const schemas = new WeakMap<State, ReadonlyMap<string, Address>>();

function schemasOf(state: State): ReadonlyMap<string, Address> {
  const known = schemas.get(state);
  if (known) return known;
  const found = new Map(
    [...state.values()].flatMap((object) => (isSchema(object, state) ? [[object.parts[0] ?? '', object.address]] : [])),
  );
  schemas.set(state, found);
  return found;
}

/** What is the schema that it belongs to. */
function isSchema(object: SchemaObject | undefined, state: State): boolean {
  if (object === undefined || object.parent !== null || object.parts.length !== 1) return false;
  return schemaOf(object, state, kindByName) === object.parts[0];
}

function unique(needs: readonly PlanRequirement[]): readonly PlanRequirement[] {
  const byKey = new Map(needs.map((need) => [[need.on ?? '', need.privilege, need.role ?? ''].join(' '), need]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}
