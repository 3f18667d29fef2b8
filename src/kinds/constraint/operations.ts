/** Statements that make, change and remove a table constraint; knows nothing of their order among other objects. */
import { type Address, formatAddress } from '../../core/address.js';
import { canonicalJson } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { ownStepBelow } from '../belongs-below.js';
import { freeName, hasDependants } from '../free-name.js';
import { alterIndex, finishIndex, restoreAttached, STORAGE } from '../index-storage.js';
import type { Alteration, Beside, Hazard, LockMode, Operation, OperationContext, RemadeColumn, SetChange } from '../kind.js';
import { partitionsThatGo } from '../partitions-that-go.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { remadeName } from '../remade-name.js';
import { createBeside } from '../requirements.js';
import { foreignKeysOfPartitions } from './by-partition.js';
import { becomesCopy, copyLeft } from './copies.js';
import { childrensChecks } from './inherited-checks.js';
import { addUsingIndex, deferral, fragment, hasIndex, isKey, nameOfConstraint, tableOf, uniqueIndex } from './sql.js';
import { violations } from './violations.js';

export function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const table = parentOf(object);
  const left = copyLeft(object, context);
  if (left?.isSame) return [];
  if (left) {
    const lock = { mode: 'ACCESS EXCLUSIVE', address: table } as const;
    return [{ sql: dropSql(object), lock, undo: { sql: [addSql(left.copy)] } }, add(object, context)];
  }
  if (!context.online || context.isNew(table)) return [add(object, context), ...finish(object, context)];
  if (canBuildConcurrently(object)) {
    // Alone: of several tables (partitions above all) one at a time is locked.
    return [buildIndex(object, context), { ...useIndex(object), mode: 'own' }, ...finish(object, context)];
  }
  if (canValidateLater(object, context)) return addThenValidate(object, context);
  if (textOf(object, 'type') === 'foreign' && textOf(object, 'relation') === 'partitioned') return addByPartition(object, context);
  const late = hasIndex(object) && partitionsThatGo(table, context).length > 0 ? { contract: true as const } : {};
  return [{ ...add(object, context), ...ownStepBelow(object, context), ...late }, ...finish(object, context)];
}

/** Inside CREATE TABLE a constraint is valid at once, and what takes a second statement cannot be said there. */
export function inline(object: SchemaObject, context: OperationContext): string | null {
  if (textOf(object, 'type') === 'foreign') return null;
  if (isSecondOfItsKind(object, context)) return null;
  if (object.attributes.validated === false && object.attributes.enforced !== false) return null;
  return finish(object, context).length > 0 ? null : fragment(object);
}

/** CREATE TABLE makes one index of two equal keys (transformIndexConstraints), and the second constraint is lost. */
function isSecondOfItsKind(object: SchemaObject, context: OperationContext): boolean {
  if (!isKey(object) || object.parent === null) return false;
  const same = canonicalJson(object.attributes.columns ?? null);
  return context
    .children(context.desired, object.parent, object.kind)
    .some((other) => isKey(other) && other.address < object.address && canonicalJson(other.attributes.columns ?? null) === same);
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { after, changed } = change;
  const rest = new Set([...changed].filter((name) => !STORAGE.has(name)));
  const operations = hasIndex(after) ? [...alterIndex(change, context)] : [];
  const foreign = textOf(after, 'type') === 'foreign';
  const becomesValid = rest.delete('validated') && after.attributes.validated === true;
  if (changed.has('validated') && !becomesValid && !changed.has('enforced')) return swap(change, context);
  if (rest.has('enforced')) {
    // PostgreSQL 18 changes enforcement of foreign keys only; enforcing one again checks every row.
    if (!foreign) return swap(change, context);
    operations.push(alterEnforced(after));
    rest.delete('enforced');
  } else if (becomesValid) operations.push(validate(after, context));
  if (foreign && (rest.has('deferrable') || rest.has('initially_deferred'))) {
    rest.delete('deferrable');
    rest.delete('initially_deferred');
    operations.push(alterDeferral(change));
  }
  // A partitioned table's index becomes valid by itself, with the last index that is attached to it.
  if (textOf(after, 'relation') === 'partitioned') rest.delete('valid');
  return rest.size > 0 ? swap(change, context) : { operations };
}

export function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  if (becomesCopy(object, context)) return [];
  const address = object.address;
  const references = referencedTable(object);
  const hazards: Hazard[] = [
    { code: 'drop-constraint', address, message: `rows that violate ${nameOfConstraint(object)} are accepted from then on` },
  ];
  if (references !== null && !context.isDropped(references)) {
    hazards.push({
      code: 'drop-fk-locks-parent',
      address: references,
      message: `readers and writers of ${textOf(object, 'references') ?? ''} wait too`,
    });
  }
  return [
    {
      sql: dropSql(object),
      lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(object) },
      hazards,
      undo: { sql: restore(object, context) },
    },
  ];
}

export function rename(object: SchemaObject, to: string): readonly Operation[] {
  const sql = (from: string, into: string): string =>
    `ALTER TABLE ${tableOf(object)} RENAME CONSTRAINT ${quoteIdent(from)} TO ${quoteIdent(into)}`;
  return [
    {
      sql: sql(nameOfConstraint(object), to),
      lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(object) },
      undo: { sql: [sql(to, nameOfConstraint(object))] },
    },
  ];
}

/** A key, for its index; what has none is quickly dropped and added NOT VALID. */
export function beside(object: SchemaObject, column: RemadeColumn, context: OperationContext): Beside | null {
  if (!canBuildConcurrently(object)) return null;
  const renamed = (attribute: string): readonly string[] => textsOf(object, attribute).map((name) => remadeName(column, name));
  const over: SchemaObject = { ...object, attributes: { ...object.attributes, columns: renamed('columns'), include: renamed('include') } };
  const name = freeName(object, [context.current, context.desired]);
  return { build: [buildIndex(over, context, name)], settle: [], take: [useIndex(object, name), ...finish(object, context)] };
}

function finish(object: SchemaObject, context: OperationContext): readonly Operation[] {
  return hasIndex(object) ? finishIndex(object, context) : [];
}

/** A dropped key of a partitioned table takes those of the partitions along. */
function restore(object: SchemaObject, context: OperationContext): readonly string[] {
  const attached = textOf(object, 'relation') === 'partitioned' && hasIndex(object) ? restoreAttached(object, context, addSql) : [];
  return [addSql(object), ...finish(object, context).map(({ sql }) => sql), ...attached];
}

function parentOf(object: SchemaObject): Address {
  return object.parent ?? object.address;
}

function referencedTable(object: SchemaObject): Address | null {
  const references = textOf(object, 'references');
  return references === null ? null : formatAddress('table', namePartsOf(references));
}

/** A partitioned table's key has an index without rows. */
function isOfNoRows(object: SchemaObject): boolean {
  return textOf(object, 'relation') === 'partitioned' && hasIndex(object);
}

/** ONLY: the partitions' keys are objects of their own, attached later. Foreign keys and checks recurse in any case. */
function addSql(object: SchemaObject, name?: string): string {
  return `ALTER TABLE ${isOfNoRows(object) ? 'ONLY ' : ''}${tableOf(object)} ADD ${fragment(object, name)}`;
}

function dropSql(object: SchemaObject): string {
  return `ALTER TABLE ${tableOf(object)} DROP CONSTRAINT ${quoteIdent(nameOfConstraint(object))}`;
}

/** A key has an index beside the table; a foreign key takes REFERENCES on both tables, which their owners have. */
function needs(object: SchemaObject): Pick<Operation, 'requires'> {
  const references = referencedTable(object);
  if (references !== null) return { requires: [parentOf(object), references].map((on) => ({ privilege: 'REFERENCES', on })) };
  return hasIndex(object) ? { requires: createBeside(object) } : {};
}

/** The plain form. On a table that the plan creates it costs nothing but, for a foreign key, a lock on the table it refers to. */
function add(object: SchemaObject, context: OperationContext): Operation {
  const address = object.address;
  const table = parentOf(object);
  const undo = { sql: [dropSql(object)] };
  const references = referencedTable(object);
  const name = nameOfConstraint(object);
  if (context.isNew(table)) {
    if (references === null || references === table || context.isNew(references)) return { sql: addSql(object), ...needs(object), undo };
    const message = `writers of ${textOf(object, 'references') ?? ''} wait while ${name} is added`;
    return {
      sql: addSql(object),
      lock: { mode: 'SHARE ROW EXCLUSIVE', address: references },
      ...needs(object),
      hazards: [{ code: 'create-table-with-fk', address: references, message }],
      undo,
    };
  }
  const rows = flagOf(object, 'validated') && textOf(object, 'relation') !== 'foreign' && !isOfNoRows(object);
  return {
    sql: addSql(object),
    lock: { mode: references === null ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE', address: table },
    hazards: rows ? [{ code: plainHazard(object), address, message: `every row of ${tableOf(object)} is read while others wait` }] : [],
    dependsOnData: rows,
    ...needs(object),
    undo,
  };
}

function plainHazard(object: SchemaObject): string {
  const codes: Readonly<Record<string, string>> = {
    primary: 'add-primary-key',
    unique: 'add-unique-constraint',
    exclusion: 'add-exclusion',
    check: 'add-check-valid',
    foreign: 'add-fk-valid',
  };
  return codes[textOf(object, 'type') ?? ''] ?? 'add-constraint';
}

/** ADD CONSTRAINT USING INDEX is refused on partitioned tables, and WITHOUT OVERLAPS is an exclusion underneath. */
function canBuildConcurrently(object: SchemaObject): boolean {
  return isKey(object) && textOf(object, 'relation') === 'table' && !flagOf(object, 'without_overlaps');
}

/** VALIDATE exists for local tables; a partitioned table takes NOT VALID foreign keys from PostgreSQL 18 on. */
function canValidateLater(object: SchemaObject, context: OperationContext): boolean {
  const relation = textOf(object, 'relation');
  if (object.attributes.enforced === false || relation === 'foreign') return false;
  if (textOf(object, 'type') === 'check') return true;
  return textOf(object, 'type') === 'foreign' && (relation !== 'partitioned' || context.major >= 18);
}

function buildIndex(object: SchemaObject, context: OperationContext, name = nameOfConstraint(object)): Operation {
  const remove = `DROP INDEX CONCURRENTLY ${quoteName([object.parts[0] ?? '', name])}`;
  return {
    sql: uniqueIndex(object, 'CONCURRENTLY ', name),
    mode: 'none',
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: parentOf(object) },
    dependsOnData: true,
    checks: violations(object, context),
    ...needs(object),
    undo: { sql: [remove] },
    recover: [remove],
  };
}

function useIndex(object: SchemaObject, index = nameOfConstraint(object)): Operation {
  return {
    sql: addUsingIndex(object, index),
    lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(object) },
    // Dropping the constraint drops the index that it took over, which was there before; making it again keeps writers waiting.
    undo: { sql: [dropSql(object), uniqueIndex(object, '', index)] },
    undoTaking: { takes: [formatAddress('index', [...object.parts.slice(0, 2), index])], sql: [dropSql(object)] },
  };
}

function unvalidated(object: SchemaObject): SchemaObject {
  return { ...object, attributes: { ...object.attributes, validated: false } };
}

function addThenValidate(object: SchemaObject, context: OperationContext, name = nameOfConstraint(object)): readonly Operation[] {
  const references = referencedTable(object);
  const mode: LockMode = references === null ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE';
  const message = `writers of ${textOf(object, 'references') ?? ''} wait while ${name} is added`;
  const added: Operation = {
    sql: addSql(unvalidated(object), name),
    lock: { mode, address: parentOf(object) },
    ...needs(object),
    hazards:
      references === null || context.isNew(references) ? [] : [{ code: 'fk-not-valid-still-locks-parent', address: references, message }],
    undo: { sql: [`ALTER TABLE ${tableOf(object)} DROP CONSTRAINT ${quoteIdent(name)}`] },
  };
  return flagOf(object, 'validated') ? [added, validate(object, context, name)] : [added];
}

/** The server finds those of the partitions, valid already, and takes them as its own; dropped, it takes them along. */
function addByPartition(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const below = foreignKeysOfPartitions(object, context);
  const whole = add(object, context);
  if (below === null) return [whole];
  return [
    ...below.flatMap((each) => addThenValidate(each, context)),
    {
      ...whole,
      hazards: [],
      dependsOnData: false,
      undo: { sql: [dropSql(object), ...below.map((each) => addSql(each))] },
      undoTaking: { takes: below.map(({ address }) => address), sql: [dropSql(object)] },
    },
  ];
}

/** A constraint cannot be made NOT VALID again, so undoing it means adding it anew. */
function validate(object: SchemaObject, context: OperationContext, name = nameOfConstraint(object)): Operation {
  return {
    sql: `ALTER TABLE ${tableOf(object)} VALIDATE CONSTRAINT ${quoteIdent(name)}`,
    mode: 'own',
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: parentOf(object) },
    dependsOnData: true,
    checks: violations(object, context),
    undo: { sql: [`ALTER TABLE ${tableOf(object)} DROP CONSTRAINT ${quoteIdent(name)}`, addSql(unvalidated(object), name)] },
  };
}

function alterDeferral(change: SetChange): Operation {
  const sql = (object: SchemaObject): string =>
    `ALTER TABLE ${tableOf(object)} ALTER CONSTRAINT ${quoteIdent(nameOfConstraint(object))} ${deferral(object)[0] ?? 'NOT DEFERRABLE'}`;
  return {
    sql: sql(change.after),
    lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(change.after) },
    undo: { sql: [sql(change.before)] },
  };
}

function alterEnforced(after: SchemaObject): Operation {
  const enforced = after.attributes.enforced !== false;
  const sql = (on: boolean): string =>
    `ALTER TABLE ${tableOf(after)} ALTER CONSTRAINT ${quoteIdent(nameOfConstraint(after))} ${on ? 'ENFORCED' : 'NOT ENFORCED'}`;
  const message = `every row of ${tableOf(after)} is read while others wait`;
  return {
    sql: sql(enforced),
    lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(after) },
    hazards: enforced ? [{ code: 'add-fk-valid', address: after.address, message }] : [],
    dependsOnData: enforced,
    undo: { sql: [sql(!enforced)] },
  };
}

/**
 * A changed constraint is made beside the old one and takes its name in one transaction with the drop, so that its rule holds all
 * the time. Only where nothing leans on the old one (a foreign key, a comment, an attached index), and where a concurrent way exists.
 */
function swap(change: SetChange, context: OperationContext): Alteration {
  const { before, after } = change;
  const simple = context.online && !context.isNew(parentOf(after)) && !hasDependants(context.current, before);
  if (!simple || textOf(before, 'type') !== textOf(after, 'type')) return 'replace';
  const name = freeName(after, [context.current, context.desired]);
  const removeOld: Operation = {
    sql: dropSql(before),
    lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(after) },
    undo: { sql: restore(before, context) },
  };
  if (canBuildConcurrently(after)) {
    return { operations: [buildIndex(after, context, name), removeOld, useIndex(after, name), ...finish(after, context)] };
  }
  if (!canValidateLater(after, context)) return 'replace';
  // Under the name beside it would be another one in the children, and could not take the name of theirs.
  if (childrensChecks(after, context.desired).length > 0) return 'replace';
  // RENAME CONSTRAINT leaves the copies of a foreign key on the partitions under the old name.
  if (textOf(after, 'type') === 'foreign' && textOf(after, 'relation') === 'partitioned') return 'replace';
  const [back, forth] = [nameOfConstraint(after), name].map(quoteIdent);
  const take: Operation = {
    sql: `ALTER TABLE ${tableOf(after)} RENAME CONSTRAINT ${forth} TO ${back}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: parentOf(after) },
    undo: { sql: [`ALTER TABLE ${tableOf(after)} RENAME CONSTRAINT ${back} TO ${forth}`] },
  };
  return { operations: [...addThenValidate(after, context, name), removeOld, take] };
}
