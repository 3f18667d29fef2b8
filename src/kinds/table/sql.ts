/** How SQL statements declare tables and what lives in them: CREATE TABLE and ALTER TABLE. Addresses of other kinds are plain names here. */
import { formatAddress, formatAttached } from '../../core/address.js';
import { child, flag, inSchema, list, nameRef, option, rangeVarRef, str, strings, tagged } from '../ast.js';
import { foreignKeyEnd } from '../constraint-span.js';
import type { Ast, Declared, NameRef, StatementContext, StatementMeaning, StatementRule } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { tokensFrom } from '../tokens.js';

type Deferred = NonNullable<StatementMeaning['deferred']>;

/** A table as the statement names it. */
interface Target {
  readonly ref: NameRef;
  readonly parts: readonly [string, string];
}

/** What the elements of a table say. */
interface Found {
  readonly declares: readonly Declared[];
  readonly deferred: Deferred;
  readonly provides: readonly NameRef[];
}

/** The constraints that are objects; NOT NULL belongs to the column, DEFAULT is an object without a name of its own. */
const CONSTRAINTS = new Set(['CONSTR_CHECK', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_EXCLUSION', 'CONSTR_FOREIGN']);

function target(rangeVar: Ast | null, context: StatementContext): Target {
  const ref = rangeVarRef(rangeVar);
  return { ref, parts: inSchema(ref, context.creationSchema) };
}

function merge(parts: readonly Found[]): Found {
  return {
    declares: parts.flatMap((part) => part.declares),
    deferred: parts.flatMap((part) => part.deferred),
    provides: parts.flatMap((part) => part.provides),
  };
}

function readColumn(node: Ast, table: Target, context: StatementContext): Found {
  const name = str(node, 'colname');
  const address = formatAddress('column', [...table.parts, name]);
  const isNamed = list(node, 'constraints').some(
    (entry) => str(entry.node, 'contype') === 'CONSTR_NOTNULL' && str(entry.node, 'conname') !== '',
  );
  const declared: Declared = { address, offset: context.offsetOf(location(node)), named: true };
  // PostgreSQL 18 names NOT NULL; one that nobody gave is nobody's concern.
  const own: Found = { declares: [isNamed ? declared : { ...declared, unset: ['not_null_name'] }], deferred: [], provides: [] };
  return merge([own, ...list(node, 'constraints').map((entry) => readConstraint(entry.node, table, name, context))]);
}

/** `column` is null for a constraint of the table. */
function readConstraint(node: Ast, table: Target, column: string | null, context: StatementContext): Found {
  const offset = context.offsetOf(location(node));
  const [type, name] = [str(node, 'contype'), str(node, 'conname')];
  if (type === 'CONSTR_DEFAULT' && column !== null) {
    return { declares: [{ address: formatAddress('default', [...table.parts, column]), offset, named: true }], deferred: [], provides: [] };
  }
  if (type === 'CONSTR_NOTNULL' && column === null && name !== '') {
    const address = formatAddress('column', [...table.parts, ...strings(node, 'keys')]);
    return { declares: [{ address, offset, named: true, given: ['not_null_name'] }], deferred: [], provides: [] };
  }
  if (type === 'CONSTR_IDENTITY') return { declares: [], deferred: [], provides: sequenceOf(node) };
  if (!CONSTRAINTS.has(type)) return { declares: [], deferred: [], provides: [] };
  const declares = name === '' ? [] : [{ address: formatAddress('constraint', [...table.parts, name]), offset, named: true }];
  const deferred = type === 'CONSTR_FOREIGN' ? [foreignKey(offset, table, column, name, context)] : [];
  // The index of a key or an exclusion takes the constraint's name, in the table's schema.
  const makesIndex = type !== 'CONSTR_FOREIGN' && type !== 'CONSTR_CHECK' && str(node, 'indexname') === '';
  const provides = name !== '' && makesIndex ? [{ ...table.ref, name }] : [];
  return { declares, deferred, provides };
}

/** Foreign keys wait until both tables stand. */
function foreignKey(from: number, table: Target, column: string | null, name: string, context: StatementContext): Deferred[number] {
  const to = foreignKeyEnd(context.text, from);
  const relation = quoteName(table.ref.schema === null ? [table.ref.name] : [table.ref.schema, table.ref.name]);
  if (column === null) return { from, to, sql: `ALTER TABLE ${relation} ADD ${context.text.slice(from, to)}` };
  const constraint = name === '' ? '' : `CONSTRAINT ${quoteIdent(name)} `;
  const start = [...tokensFrom(context.text.slice(0, to), from)].find((token) => token.text === 'references')?.from ?? from;
  return { from, to, sql: `ALTER TABLE ${relation} ADD ${constraint}FOREIGN KEY (${quoteIdent(column)}) ${context.text.slice(start, to)}` };
}

/** The sequence of an identity column, where it is named as pg_dump does. */
function sequenceOf(constraint: Ast): readonly NameRef[] {
  const found = option(constraint, 'options', 'sequence_name');
  return found === null ? [] : [nameRef(strings({ arg: { [found.tag]: found.node } }, 'arg'), 'relation')];
}

/** The parser leaves a location of 0 out; -1 means unknown. */
function location(node: Ast): number | undefined {
  return typeof node.location === 'number' ? node.location : undefined;
}

function readCreate(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'relation');
  const table = target(relation, context);
  const elements = [...list(node, 'tableElts'), ...list(node, 'constraints')];
  const found = merge(elements.map(({ tag, node: element }) => readElement(tag, element, table, context)));
  const parents = list(node, 'inhRelations').map((parent) => rangeVarRef(parent.node));
  const likes = elements.filter(({ tag }) => tag === 'TableLikeClause').map(({ node: like }) => rangeVarRef(child(like, 'relation')));
  const offset = context.offsetOf(relation === null ? undefined : location(relation));
  const isPartition = child(node, 'partbound') !== null;
  const declares: readonly Declared[] = [
    { address: formatAddress('table', table.parts), offset, named: true },
    ...(isPartition ? [{ address: formatAddress('partition', table.parts), offset, named: true }] : []),
    ...found.declares,
  ];
  // PARTITION OF cannot have an empty list of elements, which cutting the only ones out would leave.
  const deferred =
    isPartition && !elements.some(({ tag }) => tag === 'ColumnDef') && found.deferred.length === elements.length ? [] : found.deferred;
  return {
    provides: [table.ref, { ...table.ref, space: 'type' }, ...found.provides],
    // What is copied from a parent or a model is what earlier statements made of it.
    ...(parents.length + likes.length > 0 ? { alters: [...parents, ...likes] } : {}),
    declares,
    ...(flag(node, 'if_not_exists') ? { repeatable: true } : {}),
    ...(deferred.length > 0 ? { deferred } : {}),
  };
}

function readElement(tag: string, node: Ast, table: Target, context: StatementContext): Found {
  if (tag === 'ColumnDef') return readColumn(node, table, context);
  if (tag === 'Constraint') return readConstraint(node, table, null, context);
  return { declares: [], deferred: [], provides: [] };
}

/** Subcommands that say how something is. What takes away or renames says how it was, and is refused. */
const DECLARATIVE = new Set(
  `AddColumn ColumnDefault SetNotNull SetStatistics SetOptions SetStorage SetCompression SetExpression AddConstraint ValidateConstraint
   AlterConstraint AlterColumnType ChangeOwner ClusterOn DropCluster SetLogged SetUnLogged SetAccessMethod SetTableSpace SetRelOptions
   ReplaceRelOptions EnableTrig EnableAlwaysTrig EnableReplicaTrig DisableTrig EnableTrigAll DisableTrigAll EnableTrigUser DisableTrigUser
   EnableRule EnableAlwaysRule EnableReplicaRule DisableRule AddInherit AddOf ReplicaIdentity EnableRowSecurity DisableRowSecurity
   ForceRowSecurity NoForceRowSecurity AddIdentity SetIdentity AttachPartition`
    .split(/\s+/)
    .map((name) => `AT_${name}`),
);

function isDeclarative(node: Ast): boolean {
  if (str(node, 'objtype') !== 'OBJECT_TABLE') return false;
  return list(node, 'cmds').every(({ node: command }) => {
    const subtype = str(command, 'subtype');
    // A ColumnDefault without an expression is DROP DEFAULT.
    return DECLARATIVE.has(subtype) && (subtype !== 'AT_ColumnDefault' || tagged(command, 'def') !== null);
  });
}

function readAlter(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'relation');
  const table = target(relation, context);
  const offset = context.offsetOf(relation === null ? undefined : location(relation));
  const commands = list(node, 'cmds').map(({ node: command }) => readCommand(command, table, offset, context));
  const found = merge(commands);
  return {
    provides: found.provides,
    alters: [table.ref, ...commands.flatMap((command) => command.alters)],
    declares: found.declares,
    ...(found.deferred.length > 0 ? { deferred: found.deferred } : {}),
  };
}

function readCommand(
  command: Ast,
  table: Target,
  offset: number,
  context: StatementContext,
): Found & { readonly alters: readonly NameRef[] } {
  const nothing = { declares: [], deferred: [], provides: [], alters: [] };
  const declare = (address: string) => ({ ...nothing, declares: [{ address, offset, named: true }] });
  const definition = child(command, 'def') ?? {};
  const address = formatAddress('table', table.parts);
  switch (str(command, 'subtype')) {
    case 'AT_AddColumn':
      return { ...nothing, ...readColumn(definition, table, context) };
    case 'AT_AddConstraint':
      // Already a statement of its own: nothing is cut out.
      return { ...nothing, ...readConstraint(definition, table, null, context), deferred: [] };
    case 'AT_ColumnDefault':
      return declare(formatAddress('default', [...table.parts, str(command, 'name')]));
    case 'AT_ChangeOwner':
      return declare(formatAttached('owner', address, null));
    case 'AT_ReplicaIdentity':
      return str(definition, 'identity_type') === 'd' ? nothing : declare(formatAttached('replica_identity', address, null));
    case 'AT_AddIdentity':
      return { ...nothing, provides: sequenceOf(definition) };
    case 'AT_AddInherit':
      return { ...nothing, alters: [rangeVarRef(definition)] };
    case 'AT_AttachPartition': {
      const partition = target(child(definition, 'name'), context);
      return { ...declare(formatAddress('partition', partition.parts)), alters: [partition.ref] };
    }
    default:
      return nothing;
  }
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'CreateStmt',
    applies: (node) => child(node, 'relation') !== null && str(child(node, 'relation') ?? {}, 'relpersistence') !== 't',
    read: readCreate,
  },
  { node: 'AlterTableStmt', applies: isDeclarative, read: readAlter },
];
