/** Whether an opened plan is of a format that can be read, and keeps to its schema; knows nothing of trust. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Diagnostic } from '../core/diagnostic.js';
import { PLAN_FORMAT_VERSION, type PlanDocument, type UndoneWith } from '../core/plan.js';
import type { RawDocument } from './file.js';
import { PLAN_SCHEMA } from './schema.js';

export type Validated =
  | { readonly ok: true; readonly document: PlanDocument }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const MAX_PROBLEMS = 10;
let compiled: ValidateFunction | undefined;

/** The major version of a format version, or null when the text is none. */
export function formatMajor(version: string): number | null {
  const found = /^(0|[1-9][0-9]{0,5})\.(?:0|[1-9][0-9]{0,5})$/.exec(version);
  return found ? Number(found[1]) : null;
}

export function isForeignFormat(version: string): boolean {
  return formatMajor(version) !== formatMajor(PLAN_FORMAT_VERSION);
}

export function validatePlan(document: RawDocument): Validated {
  const { format_version: version } = document;
  if (formatMajor(version) === null) return refused(`the plan's format version is not a version: ${JSON.stringify(version)}`);
  if (isForeignFormat(version)) {
    const known = formatMajor(PLAN_FORMAT_VERSION);
    return {
      ok: false,
      diagnostics: [
        {
          code: 'SC6010',
          severity: 'error',
          summary: `the plan has format ${version}, and this schemactl reads format ${known}`,
          hint: 'apply it with the version of schemactl that made it, or make the plan again with this one',
        },
      ],
    };
  }
  compiled ??= new Ajv({ allErrors: true, strict: true }).compile(PLAN_SCHEMA);
  if (!compiled(document)) return { ok: false, diagnostics: schemaProblems(compiled.errors ?? []) };
  // Accepted by the schema that the types are written after.
  const plan = document as unknown as PlanDocument;
  const misnumbered = plan.plan.steps.findIndex((step, index) => step.id !== String(index + 1));
  if (misnumbered >= 0)
    return refused(`the plan's steps are not numbered in order: step ${misnumbered + 1} has id ${plan.plan.steps[misnumbered]?.id}`);
  const misled = plan.plan.steps.find(({ id, undone_with: other }) => other !== undefined && !isOfThese(other, id));
  if (misled !== undefined) return refused(`the plan's step ${misled.id} is undone with steps that it cannot be undone with`);
  return { ok: true, document: plan };
}

function isOfThese({ step, takes }: UndoneWith, id: string): boolean {
  const isEarlier = (each: string): boolean => Number(each) >= 1 && Number(each) < Number(id);
  return (step === id || isEarlier(step)) && takes.every((each) => isEarlier(each) && each !== step);
}

function refused(summary: string): Validated {
  return { ok: false, diagnostics: [invalid(summary)] };
}

function invalid(summary: string): Diagnostic {
  return { code: 'SC6011', severity: 'error', summary, hint: 'make the plan again' };
}

/** One finding for each place, the most telling: the choice itself ("anyOf") says less than its branches. */
function schemaProblems(errors: readonly ErrorObject[]): readonly Diagnostic[] {
  const byPlace = new Map<string, string>();
  for (const error of errors) {
    if (error.keyword === 'anyOf' || (error.keyword === 'type' && error.params.type === 'null')) continue;
    if (!byPlace.has(error.instancePath)) byPlace.set(error.instancePath, sentence(error));
  }
  return [...byPlace.values()].slice(0, MAX_PROBLEMS).map(invalid);
}

/** What each keyword of the schema complains about, after the place. */
const COMPLAINTS: { readonly [keyword: string]: (params: ErrorObject['params']) => string } = {
  required: ({ missingProperty }) => `has no member "${missingProperty}"`,
  additionalProperties: ({ additionalProperty }) => `has a member that does not belong there: "${additionalProperty}"`,
  type: ({ type }) => `is not of type ${type}`,
  enum: ({ allowedValues }) => `is none of ${(allowedValues as readonly string[]).join(', ')}`,
  const: ({ allowedValue }) => `is not ${JSON.stringify(allowedValue)}`,
  pattern: ({ pattern }) => `does not have the form ${pattern}`,
};

function sentence(error: ErrorObject): string {
  const complaint = COMPLAINTS[error.keyword]?.(error.params) ?? `is not valid (${error.keyword})`;
  return `${placeOf(error.instancePath)} ${complaint}`;
}

/** "/plan/steps/0/lock" -> "plan.steps[0].lock". */
function placeOf(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const text = names
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((name, index) =>
      /^[0-9]+$/.test(name) ? `[${name}]` : index === 0 ? name : /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
    )
    .join('');
  return text === '' ? 'the document' : text;
}
