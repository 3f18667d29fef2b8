/** The numbers of a sequence and how SQL writes them; knows no states and no plans. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';

export interface SequenceOptions {
  readonly data_type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
}

export function optionsOf(object: SchemaObject): SequenceOptions {
  return {
    data_type: textOf(object, 'data_type') ?? 'bigint',
    start: textOf(object, 'start') ?? '1',
    increment: textOf(object, 'increment') ?? '1',
    min: textOf(object, 'min') ?? '1',
    max: textOf(object, 'max') ?? '9223372036854775807',
    cache: textOf(object, 'cache') ?? '1',
    cycle: flagOf(object, 'cycle'),
  };
}

const LARGEST: { readonly [type: string]: string } = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };
const SMALLEST: { readonly [type: string]: string } = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' };

function ascends({ increment }: SequenceOptions): boolean {
  return !increment.startsWith('-');
}

/** What PostgreSQL takes where nothing is said: bounds by type and direction, the start at the first bound. */
export function defaultBounds(options: SequenceOptions): { readonly min: string; readonly max: string } {
  return ascends(options) ? { min: '1', max: LARGEST[options.data_type] ?? '' } : { min: SMALLEST[options.data_type] ?? '', max: '-1' };
}

/** The clauses that CREATE SEQUENCE or ADD GENERATED needs, without what is default anyway. */
export function createClauses(options: SequenceOptions): readonly string[] {
  const bounds = defaultBounds(options);
  const start = ascends(options) ? options.min : options.max;
  return [
    ...(options.start === start ? [] : [`START WITH ${options.start}`]),
    ...(options.increment === '1' ? [] : [`INCREMENT BY ${options.increment}`]),
    ...(options.min === bounds.min ? [] : [`MINVALUE ${options.min}`]),
    ...(options.max === bounds.max ? [] : [`MAXVALUE ${options.max}`]),
    ...(options.cache === '1' ? [] : [`CACHE ${options.cache}`]),
    ...(options.cycle ? ['CYCLE'] : []),
  ];
}

/**
 * The bounds after ALTER SEQUENCE … AS: those that were the old type's limits become the new type's, as AlterSequence() has it in
 * init_params().
 */
export function afterRetype(options: SequenceOptions, type: string): SequenceOptions {
  return {
    ...options,
    data_type: type,
    min: options.min === SMALLEST[options.data_type] ? (SMALLEST[type] ?? options.min) : options.min,
    max: options.max === LARGEST[options.data_type] ? (LARGEST[type] ?? options.max) : options.max,
  };
}

/** The clauses that lead from one to the other. */
export function alterClauses(from: SequenceOptions, to: SequenceOptions): readonly string[] {
  const retyped = from.data_type !== to.data_type;
  const base = retyped ? afterRetype(from, to.data_type) : from;
  return [
    ...(retyped ? [`AS ${to.data_type}`] : []),
    ...(base.start === to.start ? [] : [`START WITH ${to.start}`]),
    ...(base.increment === to.increment ? [] : [`INCREMENT BY ${to.increment}`]),
    ...(base.min === to.min ? [] : [`MINVALUE ${to.min}`]),
    ...(base.max === to.max ? [] : [`MAXVALUE ${to.max}`]),
    ...(base.cache === to.cache ? [] : [`CACHE ${to.cache}`]),
    ...(base.cycle === to.cycle ? [] : [to.cycle ? 'CYCLE' : 'NO CYCLE']),
  ];
}
