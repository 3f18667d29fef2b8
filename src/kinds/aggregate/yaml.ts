/** Aggregates in YAML: the map `aggregates`; several of one name make a list. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { quoteLiteral, quoteName } from '../quote.js';
import { ARGUMENTS, argumentsOf, argumentText, routineIdentity } from '../yaml-routine.js';
import type { SqlText, YamlEntry, YamlIdentity, YamlMap, YamlPlace, YamlSlot } from '../yaml-slot.js';
import {
  atKey,
  atValue,
  described,
  FLAG,
  join,
  listOrNone,
  localName,
  localType,
  NUMBER,
  sqlName,
  TEXT,
  trueOrNone,
} from '../yaml-text.js';
import { aggregateOf } from './statement.js';

const MODIFY: JsonObject = { type: 'string', enum: ['read_only', 'shareable', 'read_write'] };
const INITIAL: JsonObject = { type: ['string', 'number', 'boolean'], title: 'a value of the state type, as text' };

/** Keys in the order in which CREATE AGGREGATE is written, with the way from the value to SQL. */
const CLAUSES: { readonly [key: string]: 'name' | 'number' | 'word' | 'literal' | 'flag' } = {
  sfunc: 'name',
  stype: 'name',
  sspace: 'number',
  finalfunc: 'name',
  finalfunc_extra: 'flag',
  finalfunc_modify: 'word',
  combinefunc: 'name',
  serialfunc: 'name',
  deserialfunc: 'name',
  initcond: 'literal',
  msfunc: 'name',
  minvfunc: 'name',
  mstype: 'name',
  msspace: 'number',
  mfinalfunc: 'name',
  mfinalfunc_extra: 'flag',
  mfinalfunc_modify: 'word',
  minitcond: 'literal',
  sortop: 'name',
  parallel: 'word',
  hypothetical: 'flag',
};

const PROPERTIES: { readonly [key: string]: JsonObject } = {
  arguments: described('Arguments in SQL; none: (*). With order_by these are the direct ones.', ARGUMENTS, ['numeric']),
  order_by: described('Aggregated arguments of an ordered-set aggregate.', ARGUMENTS, ['anyelement']),
  sfunc: described('Function from state and arguments to the next state.', TEXT, 'numeric_add'),
  stype: described('Type of the state.', TEXT, 'numeric'),
  sspace: described('About how many bytes a state takes.', NUMBER, 64),
  finalfunc: described('Function from the last state to the result.', TEXT, 'app.finish'),
  finalfunc_extra: described('The final function is given the arguments too, as nulls.', FLAG),
  finalfunc_modify: described('Whether the final function changes the state.', MODIFY),
  combinefunc: described('Function that joins two states.', TEXT, 'numeric_add'),
  serialfunc: described('Function from a state of type internal to bytea.', TEXT, 'numeric_avg_serialize'),
  deserialfunc: described('Function from bytea to a state of type internal.', TEXT, 'numeric_avg_deserialize'),
  initcond: described('First state; default null.', INITIAL, '0'),
  msfunc: described('As sfunc, for moving windows.', TEXT, 'numeric_add'),
  minvfunc: described('Function that takes arguments back out of the state.', TEXT, 'numeric_sub'),
  mstype: described('As stype, for moving windows.', TEXT, 'numeric'),
  msspace: described('As sspace, for moving windows.', NUMBER, 64),
  mfinalfunc: described('As finalfunc, for moving windows.', TEXT, 'app.finish'),
  mfinalfunc_extra: described('As finalfunc_extra, for moving windows.', FLAG),
  mfinalfunc_modify: described('As finalfunc_modify, for moving windows.', MODIFY),
  minitcond: described('As initcond, for moving windows.', INITIAL, '0'),
  sortop: described('Operator that an index on it may answer the aggregate by.', TEXT, 'operator(pg_catalog.<)'),
  parallel: described('Whether workers may run it; default unsafe.', { type: 'string', enum: ['safe', 'restricted', 'unsafe'] }),
  hypothetical: described('A hypothetical-set aggregate.', FLAG),
};

function clause(key: string, member: YamlEntry, place: YamlPlace): SqlText {
  switch (CLAUSES[key]) {
    case 'flag':
      return member.value === true ? [key.toUpperCase()] : [];
    case 'literal':
      return [`${key.toUpperCase()} = `, atValue(member, quoteLiteral(member.text()))];
    case 'name':
      return [`${key.toUpperCase()} = `, sqlName(member, place)];
    default:
      return [`${key.toUpperCase()} = `, atValue(member, member.text().toUpperCase())];
  }
}

function argumentList(entry: YamlEntry, place: YamlPlace): SqlText {
  const direct = argumentsOf(entry.get('arguments'), place);
  const ordered = entry.get('order_by');
  if (ordered === null) return direct.length === 0 ? ['*'] : direct;
  return [...direct, direct.length === 0 ? 'ORDER BY ' : ' ORDER BY ', ...argumentsOf(ordered, place)];
}

/** As ALTER AGGREGATE names it: (*), (a, b), (a ORDER BY b). */
function identity(entry: YamlEntry, parts: readonly string[]): YamlIdentity {
  const own = routineIdentity(entry, parts).signature.slice(1, -1);
  const ordered = (entry.get('order_by')?.items() ?? []).map((item) => item.sql()).join(', ');
  const text = ordered === '' ? own : `${own} ORDER BY ${ordered}`.trimStart();
  return { parts, signature: text === '' ? '(*)' : `(${text})` };
}

function keys(object: SchemaObject, schema: string): YamlMap {
  const a = aggregateOf(object);
  const texts = a.arguments.map((argument) => argumentText(argument, null, schema));
  const isOrdered = a.sort !== 'normal';
  // One VARIADIC "any" stands for the direct and the aggregated arguments of a hypothetical-set aggregate at once.
  const aggregated = a.direct_arguments < texts.length ? texts.slice(a.direct_arguments) : texts.slice(-1);
  const name = (text: string | null): string | undefined => (text === null ? undefined : localName(text, schema));
  const type = (text: string | null): string | undefined => (text === null ? undefined : localType(text, schema));
  const modify = (value: string): string | undefined => (value === (isOrdered ? 'read_write' : 'read_only') ? undefined : value);
  return {
    arguments: listOrNone(isOrdered ? texts.slice(0, a.direct_arguments) : texts),
    order_by: isOrdered ? listOrNone(aggregated) : undefined,
    sfunc: name(a.state_function),
    stype: type(a.state_type),
    sspace: a.state_space === 0 ? undefined : a.state_space,
    finalfunc: name(a.final_function),
    finalfunc_extra: trueOrNone(a.final_extra),
    finalfunc_modify: modify(a.final_modify),
    combinefunc: name(a.combine_function),
    serialfunc: name(a.serial_function),
    deserialfunc: name(a.deserial_function),
    initcond: a.initial ?? undefined,
    msfunc: name(a.moving_state_function),
    minvfunc: name(a.moving_inverse_function),
    mstype: type(a.moving_state_type),
    msspace: a.moving_state_space === 0 ? undefined : a.moving_state_space,
    mfinalfunc: name(a.moving_final_function),
    mfinalfunc_extra: trueOrNone(a.moving_final_extra),
    mfinalfunc_modify: modify(a.moving_final_modify),
    minitcond: a.moving_initial ?? undefined,
    sortop: a.sort_operator ?? undefined,
    parallel: a.parallel === 'unsafe' ? undefined : a.parallel,
    hypothetical: trueOrNone(a.sort === 'hypothetical_set'),
  };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'aggregates',
    within: [''],
    carries: ['comment', 'owner', 'grants on routines', 'security_labels'],
    overloads: true,
    description: 'Aggregate functions; several of one name make a list.',
    example: { total: { arguments: ['integer'], sfunc: 'int4_sum', stype: 'bigint' } },
    order: 9.2,
    form: 'map',
    properties: PROPERTIES,
    required: ['sfunc', 'stype'],
    hints: ['renamed_from'],
    identity: (entry, { parts }) => identity(entry, parts),
    statements: (entry, place) => {
      const clauses = Object.keys(CLAUSES).flatMap((key) => {
        const member = entry.get(key);
        const text = member === null ? [] : clause(key, member, place);
        return text.length === 0 ? [] : [text];
      });
      const head = ['CREATE AGGREGATE ', atKey(entry, quoteName(place.parts)), '(', ...argumentList(entry, place), ') ('];
      return [{ sql: [...head, ...join(clauses, ', '), ')'] }];
    },
    keys: (object, { schema }) => keys(object, schema),
  },
];
