/** What operations need of the role that runs them beyond their verb; every rule here was tried as a plain role on 15 and 18. */
import { type Address, formatAddress } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import type { PlanRequirement } from '../core/plan.js';

type Requirements = readonly PlanRequirement[];

export const SUPERUSER: Requirements = [{ privilege: 'SUPERUSER', on: null }];

export const CREATE_IN_DATABASE: Requirements = [{ privilege: 'CREATE', on: 'database' }];

/** For an index, a key and an identity's sequence, which are made in the schema of their table. */
export function createBeside(object: SchemaObject): Requirements {
  return [{ privilege: 'CREATE', on: formatAddress('schema', object.parts.slice(0, 1)) }];
}

/** Of the functions that it leans on, those that do the work of a trigger, an operator, a cast … are asked for. */
export function executes(object: SchemaObject): Requirements {
  return object.dependsOn.filter((address) => address.startsWith('function:')).map((on) => ({ privilege: 'EXECUTE', on }));
}

const TYPES = /^(enum|composite|domain|range|base_type):/;

/**
 * A cast and a transform have no owner: the owner of a type that they are for may make and drop them. Of a cast between two types either
 * owner will do, which cannot be said here: then nothing is.
 */
export function ownsType(object: SchemaObject): Requirements {
  const types = object.dependsOn.filter((address) => TYPES.test(address));
  return types.length === 1 ? types.map((on) => ({ privilege: 'OWNER', on })) : [];
}

const RELATIONS = /^(table|view|materialized_view|foreign_table|sequence):/;

/** The relations that it leans on, or on whose columns it does. */
export function relationsUnder(object: SchemaObject, state: State): readonly Address[] {
  const around = object.dependsOn.map((address) => (address.startsWith('column:') ? (state.get(address)?.parent ?? '') : address));
  return [...new Set(around)].filter((address) => RELATIONS.test(address));
}
