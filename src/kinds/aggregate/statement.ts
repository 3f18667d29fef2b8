/** CREATE AGGREGATE, built from the attributes. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import type { Argument } from '../routine.js';
import type { CreateVerb } from '../routine-statement.js';

export interface AggregateAttributes {
  readonly arguments: readonly Argument[];
  readonly result: string;
  readonly sort: 'normal' | 'ordered_set' | 'hypothetical_set';
  readonly direct_arguments: number;
  readonly parallel: 'safe' | 'restricted' | 'unsafe';
  readonly state_function: string;
  readonly state_type: string;
  readonly state_space: number;
  readonly final_function: string | null;
  readonly final_extra: boolean;
  readonly final_modify: string;
  readonly combine_function: string | null;
  readonly serial_function: string | null;
  readonly deserial_function: string | null;
  readonly initial: string | null;
  readonly moving_state_function: string | null;
  readonly moving_inverse_function: string | null;
  readonly moving_state_type: string | null;
  readonly moving_state_space: number;
  readonly moving_final_function: string | null;
  readonly moving_final_extra: boolean;
  readonly moving_final_modify: string;
  readonly moving_initial: string | null;
  readonly sort_operator: string | null;
}

export function aggregateOf(aggregate: SchemaObject): AggregateAttributes {
  return aggregate.attributes as JsonObject as unknown as AggregateAttributes;
}

function argument({ name, mode, type }: Argument): string {
  return [mode === 'variadic' ? 'VARIADIC' : '', name === null ? '' : quoteIdent(name), type].filter((word) => word !== '').join(' ');
}

function argumentList({ arguments: args, sort, direct_arguments: direct }: AggregateAttributes): string {
  if (args.length === 0) return '*';
  if (sort === 'normal') return args.map(argument).join(', ');
  // One VARIADIC "any" stands for the direct and the aggregated arguments of a hypothetical-set aggregate at once.
  const aggregated = direct < args.length ? args.slice(direct) : args.slice(-1);
  return `${args.slice(0, direct).map(argument).join(', ')} ORDER BY ${aggregated.map(argument).join(', ')}`.trimStart();
}

function modifyClause(name: string, value: string, { sort }: AggregateAttributes): readonly string[] {
  return value === (sort === 'normal' ? 'read_only' : 'read_write') ? [] : [`${name} = ${value.toUpperCase()}`];
}

export function createAggregate(aggregate: SchemaObject, verb: CreateVerb): string {
  const a = aggregateOf(aggregate);
  const given = (name: string, value: string | null): readonly string[] => (value === null ? [] : [`${name} = ${value}`]);
  const literal = (name: string, value: string | null): readonly string[] => given(name, value === null ? null : quoteLiteral(value));
  const space = (name: string, bytes: number): readonly string[] => (bytes === 0 ? [] : [`${name} = ${bytes}`]);
  const clauses = [
    `SFUNC = ${a.state_function}`,
    `STYPE = ${a.state_type}`,
    ...space('SSPACE', a.state_space),
    ...given('FINALFUNC', a.final_function),
    ...(a.final_extra ? ['FINALFUNC_EXTRA'] : []),
    ...modifyClause('FINALFUNC_MODIFY', a.final_modify, a),
    ...given('COMBINEFUNC', a.combine_function),
    ...given('SERIALFUNC', a.serial_function),
    ...given('DESERIALFUNC', a.deserial_function),
    ...literal('INITCOND', a.initial),
    ...given('MSFUNC', a.moving_state_function),
    ...given('MINVFUNC', a.moving_inverse_function),
    ...given('MSTYPE', a.moving_state_type),
    ...space('MSSPACE', a.moving_state_space),
    ...given('MFINALFUNC', a.moving_final_function),
    ...(a.moving_final_extra ? ['MFINALFUNC_EXTRA'] : []),
    ...modifyClause('MFINALFUNC_MODIFY', a.moving_final_modify, a),
    ...literal('MINITCOND', a.moving_initial),
    ...given('SORTOP', a.sort_operator),
    ...(a.parallel === 'unsafe' ? [] : [`PARALLEL = ${a.parallel.toUpperCase()}`]),
    ...(a.sort === 'hypothetical_set' ? ['HYPOTHETICAL'] : []),
  ];
  return `${verb} AGGREGATE ${quoteName(aggregate.parts)}(${argumentList(a)}) (\n    ${clauses.join(',\n    ')}\n)`;
}
