/**
 * Makes live objects in a scratch database: as they are where scratch can, else what their kinds put in their place, else without them
 * and what leans on them, with the reasons. Knows kinds only by `seeding`.
 */
import type { ClientBase } from 'pg';
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import { runInTransaction, StatementError } from '../scratch/execute.js';
import { childrenOf } from './context.js';
import { planCreation } from './creation.js';
import { type Dependants, dependantsOf } from './dependants.js';
import { inScratch } from './in-scratch.js';
import type { Task } from './task.js';

export interface PopulateInput {
  readonly client: ClientBase;
  readonly kinds: Kinds;
  readonly major: number;
  /** Live objects, closed under dependency. */
  readonly objects: State;
  /** What the new database holds already. */
  readonly initial: State;
}

export interface Populated {
  /** What stands for a live object that scratch refuses as it is. */
  readonly standIns: ReadonlyMap<Address, SchemaObject>;
  /** Why an object is not there, or not as it is live. */
  readonly reasons: ReadonlyMap<Address, string>;
}

export async function populate(input: PopulateInput): Promise<Populated> {
  const { client, kinds, objects, initial } = input;
  const standIns = new Map<Address, SchemaObject>();
  const reasons = new Map<Address, string>();
  const lost = new Set<Address>();
  const dependants = dependantsOf(objects);
  for (;;) {
    const wanted = new Map<Address, SchemaObject>();
    for (const [address, object] of objects) {
      const made = lost.has(address) ? initial.get(address) : (standIns.get(address) ?? object);
      if (made !== undefined) wanted.set(address, made);
    }
    const tasks = planCreation({ objects: wanted, initial, major: input.major, kinds, database: '' }).filter(
      (task) => !lost.has(task.address),
    );
    try {
      await runInTransaction(
        client,
        tasks.flatMap((task) => inScratch(task.operation)),
      );
      break;
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      const refused = await refusedTasks(client, tasks, objects, dependants);
      // Together they fail and one by one they do not (a constraint checked at COMMIT): nothing tells what to leave out.
      if (refused.size === 0) throw error;
      for (const [address, message] of refused) giveWay(address, message);
    }
  }
  return { standIns, reasons };

  function giveWay(address: Address, message: string): void {
    const object = objects.get(address);
    const standIn = object === undefined || standIns.has(address) ? null : (kindFor(kinds, object).seeding?.substitute?.(object) ?? null);
    if (standIn !== null) {
      standIns.set(address, standIn.object);
      if (standIn.reason !== null) reasons.set(address, standIn.reason);
      return;
    }
    lose(address, `scratch refuses it: ${message}`);
    for (const below of allBelow(address, dependants)) lose(below, `it needs ${address}, which scratch refuses: ${message}`);
  }

  function lose(address: Address, reason: string): void {
    if (lost.has(address)) return;
    lost.add(address);
    reasons.set(address, reason);
  }
}

/** Runs one by one, passing over what leans on a refused one, to learn all that scratch refuses; everything is rolled back. */
async function refusedTasks(
  client: ClientBase,
  tasks: readonly Task[],
  objects: State,
  dependants: Dependants,
): Promise<ReadonlyMap<Address, string>> {
  const refused = new Map<Address, string>();
  const passed = new Set<Address>();
  const children = childrenOf(objects);
  // A part may ride inside the statement, and lean on what was refused before: without it the whole may be made.
  const hasPassedPart = (address: Address): boolean =>
    (children.get(address) ?? []).some((part) => passed.has(part.address) || hasPassedPart(part.address));
  await client.query('begin');
  try {
    for (const { address, operation } of tasks) {
      if (passed.has(address)) continue;
      try {
        await client.query(`savepoint seed;\n${inScratch(operation).join(';\n')};\nrelease savepoint seed`);
      } catch (error) {
        await client.query('rollback to savepoint seed');
        if (!hasPassedPart(address)) refused.set(address, (error as Error).message);
        passed.add(address);
        for (const below of allBelow(address, dependants)) passed.add(below);
      }
    }
  } finally {
    await client.query('rollback');
  }
  return refused;
}

function allBelow(address: Address, dependants: Dependants): ReadonlySet<Address> {
  const result = new Set<Address>();
  const open = [...(dependants.get(address) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === address || result.has(at)) continue;
    result.add(at);
    open.push(...(dependants.get(at) ?? []));
  }
  return result;
}

/**
 * Copies onto the catalog what is live and no DDL sets; gives the reasons why it could not. Not for what is only leaned on: a routine that
 * reads as it is live can no longer be called.
 */
export async function overlay(
  { client, kinds, objects, major }: PopulateInput,
  { standIns, reasons }: Populated,
): Promise<Populated['reasons']> {
  const more = new Map(reasons);
  for (const [address, object] of objects) {
    if (reasons.has(address) && !standIns.has(address)) continue;
    const statements = kindFor(kinds, object).seeding?.overlay?.(object, standIns.get(address) ?? object, major) ?? [];
    if (statements.length === 0) continue;
    try {
      await runInTransaction(client, statements);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      // Only superusers may write the catalog.
      more.set(address, `scratch cannot be made to hold it as it is: ${error.cause.message}`);
    }
  }
  return more;
}
