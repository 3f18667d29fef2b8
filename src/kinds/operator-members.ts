/**
 * Operators and support functions in operator classes and families: reading them from pg_amop and pg_amproc, and writing them as the items
 * of CREATE OPERATOR CLASS and ALTER OPERATOR FAMILY. Knows no kind.
 */
import { canonicalJson, type Json } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { child, list, nameListRef, num } from './ast.js';
import { recordsOf } from './attribute-values.js';
import { catalogKey } from './catalog-key.js';
import type { Ast, NameRef } from './kind.js';
import { functionWithTypes, operatorWithTypes } from './operator-names.js';
import { quoteName } from './quote.js';

/** The qualified name of an operator family; null for 0. */
export function familyName(oid: string): string {
  return `(select pg_catalog.format('%I.%I', fan.nspname, fa.opfname)
    from pg_catalog.pg_opfamily fa join pg_catalog.pg_namespace fan on fan.oid = fa.opfnamespace where fa.oid = ${oid})`;
}

/** Members of family `family` that belong to class `opclass`; without one, those that belong to no class. As pg_dump tells them apart. */
interface Members {
  readonly family: string;
  readonly opclass: string | null;
}

function belongs(catalog: string, oid: string, opclass: string | null): string {
  const found = `exists (select from pg_catalog.pg_depend md where md.classid = 'pg_catalog.${catalog}'::regclass and md.objid = ${oid}
      and md.refclassid = 'pg_catalog.pg_opclass'::regclass${opclass === null ? '' : ` and md.refobjid = ${opclass}`})`;
  return opclass === null ? `not ${found}` : found;
}

const amop = ({ family, opclass }: Members): string =>
  `pg_catalog.pg_amop mo where mo.amopfamily = ${family} and ${belongs('pg_amop', 'mo.oid', opclass)}`;
const amproc = ({ family, opclass }: Members): string =>
  `pg_catalog.pg_amproc mp where mp.amprocfamily = ${family} and ${belongs('pg_amproc', 'mp.oid', opclass)}`;

/** Arguments of jsonb_build_object: the attributes `operators` and `functions`. */
export function memberAttributes(members: Members): string {
  return `
    'operators', (select coalesce(jsonb_agg(jsonb_build_object(
        'strategy', mo.amopstrategy, 'left', pg_catalog.format_type(mo.amoplefttype, null), 'right', pg_catalog.format_type(mo.amoprighttype, null),
        'operator', ${operatorWithTypes('mo.amopopr')}, 'order_by', ${familyName('mo.amopsortfamily')})
        order by mo.amopstrategy, pg_catalog.format_type(mo.amoplefttype, null) collate "C", pg_catalog.format_type(mo.amoprighttype, null) collate "C"), '[]')
      from ${amop(members)}),
    'functions', (select coalesce(jsonb_agg(jsonb_build_object(
        'number', mp.amprocnum, 'left', pg_catalog.format_type(mp.amproclefttype, null), 'right', pg_catalog.format_type(mp.amprocrighttype, null),
        'function', ${functionWithTypes('mp.amproc::oid')})
        order by mp.amprocnum, pg_catalog.format_type(mp.amproclefttype, null) collate "C", pg_catalog.format_type(mp.amprocrighttype, null) collate "C"), '[]')
      from ${amproc(members)})`;
}

/** The members' own rows, which stand for their class or family in pg_depend. */
export function memberRows(members: Members): string {
  return `(select jsonb_agg(m.k) from (
      select ${catalogKey('pg_amop', 'mo.oid')} as k from ${amop(members)}
      union all select ${catalogKey('pg_amproc', 'mp.oid')} from ${amproc(members)}) m)`;
}

/** What the members refer to: some of these edges of pg_depend say "goes with", which is true of the member and not of the whole. */
export function memberNeeds(members: Members): string {
  return `(select jsonb_agg(m.k) from (
      select ${catalogKey('pg_operator', 'mo.amopopr')} as k from ${amop(members)}
      union all select ${catalogKey('pg_opfamily', 'mo.amopsortfamily')} from ${amop(members)} and mo.amopsortfamily <> 0
      union all select ${catalogKey('pg_proc', 'mp.amproc')} from ${amproc(members)}) m)`;
}

interface Member {
  /** What there can only be one of: its kind, number and types. */
  readonly slot: string;
  readonly item: string;
  readonly value: string;
}

export function membersOf(object: SchemaObject): readonly Member[] {
  const operators = recordsOf(object, 'operators').map((record): Member => {
    const order = record.order_by === null ? '' : ` FOR ORDER BY ${record.order_by}`;
    return {
      slot: `OPERATOR ${record.strategy} (${record.left}, ${record.right})`,
      item: `OPERATOR ${record.strategy} ${record.operator}${order}`,
      value: canonicalJson(record as Json),
    };
  });
  const functions = recordsOf(object, 'functions').map((record): Member => {
    const slot = `FUNCTION ${record.number} (${record.left}, ${record.right})`;
    return { slot, item: `${slot} ${record.function}`, value: canonicalJson(record as Json) };
  });
  return [...operators, ...functions];
}

/** A family has one operator for a number and two types, and one function: keys of who holds them, for Kind.namespace. */
export function memberKeys(object: SchemaObject, family: string): readonly string[] {
  return membersOf(object).map(({ slot }) => `member of ${methodOf(object)} family ${family}: ${slot}`);
}

/** "app.number_ops USING btree", after OPERATOR CLASS or OPERATOR FAMILY; the signature holds the access method. */
export function writeFamily(object: SchemaObject): string {
  return `${quoteName(object.parts)} USING ${methodOf(object)}`;
}

export function methodOf(object: SchemaObject): string {
  return object.signature.slice(1, -1);
}

/** Families and classes of one name are different things, and so are families of different access methods. */
export function familyRef(parts: readonly [string, string], method: string): NameRef {
  return { space: 'other', schema: parts[0], name: `${parts[1]} using ${method}` };
}

const OPERATOR_ITEM = 1;

/** The operators that a statement's items name. */
export function operatorsNamed(node: Ast): readonly NameRef[] {
  return list(node, 'items')
    .filter((item) => num(item.node, 'itemtype') === OPERATOR_ITEM)
    .map((item) => nameListRef(child(item.node, 'name') ?? {}, 'objname', 'operator'))
    .filter((ref) => ref.name !== '' && ref.schema !== 'pg_catalog');
}
