/** The difference of one object as people read it in a terminal. Pure; knows no kind. */
import { nameOf } from '../core/address.js';
import type { PlanStep } from '../core/plan.js';
import type { AttributeDifference } from './attribute-words.js';
import { type Paint, PLAIN } from './colour.js';
import type { ObjectDifference, PartDifference } from './object-diff.js';
import { allowFlag } from './plan-view.js';
import { printable, printableLines } from './printable.js';
import { lockWords, transactionWords } from './step-words.js';
import { unifiedDiff } from './unified-diff.js';

export interface ObjectDiffTexts {
  /** "deploy@db.internal:5432/shop". */
  readonly target: string;
  /** Hazards that keep the plan from being saved, as "code address". */
  readonly blocked: ReadonlySet<string>;
  readonly paint?: Paint;
}

const WORDS: Readonly<Record<PartDifference['change'], string>> = {
  add: 'is added',
  drop: 'is dropped',
  set: 'is changed',
  rename: 'is renamed',
  replace: 'is dropped and made again',
};

export function objectDiffText(difference: ObjectDifference, { target, blocked, paint = PLAIN }: ObjectDiffTexts): string {
  const { address, status, parts, steps } = difference;
  const name = paint.bold(printable(address));
  if (status === 'same') return `${name}: no difference between the desired state and ${printable(target)}.\n`;
  if (status === 'unmanaged') return `${name}: there is one in ${printable(target)}, and it is not managed: it is left as it is.\n`;
  const lines = [`${name}  desired state against ${printable(target)}`, ...parts.flatMap((part) => partLines(part, paint))];
  lines.push('', ...steps.flatMap((step) => stepLines(step, blocked, paint)));
  return `${lines.join('\n')}\n`;
}

function partLines({ address, change, from, attributes, why, source, steps }: PartDifference, paint: Paint): readonly string[] {
  const colour = { add: paint.green, drop: paint.red, set: paint.yellow, rename: paint.cyan, replace: paint.red }[change];
  const was = from === null ? '' : ` from ${printable(nameOf(from))}`;
  const place = source === null ? '' : `  ${paint.dim(printable(`${source.file}:${source.line}`))}`;
  const width = Math.max(0, ...attributes.map(({ name }) => name.length));
  return [
    '',
    `${colour(printable(address))} ${WORDS[change]}${was}${place}`,
    ...attributes.flatMap((attribute) => attributeLines(attribute, change, width, paint)),
    `  why: ${printable(why)}`,
    steps.length === 0 ? '  by no step: it goes with what it belongs to' : `  by step ${steps.join(', ')}`,
  ];
}

function attributeLines(
  { name, before, after }: AttributeDifference,
  change: PartDifference['change'],
  width: number,
  paint: Paint,
): readonly string[] {
  const label = `  ${printable(name).padEnd(width)}  `;
  const isLong = [before, after].some((text) => text?.includes('\n'));
  if (isLong && before !== null && after !== null) {
    // The heads of a diff of files would name none.
    const diff = printableLines(unifiedDiff('x', before, after))
      .split('\n')
      .slice(2, -1);
    return [
      label.trimEnd(),
      ...diff.map((line) => `    ${line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line}`),
    ];
  }
  const words = (text: string | null): string => (text === null ? 'none' : printable(text));
  if (change === 'add') return [`${label}${words(after)}`];
  if (change === 'drop') return [`${label}${words(before)}`];
  return [`${label}${paint.red(words(before))} -> ${paint.green(words(after))}`];
}

function stepLines(step: PlanStep, blocked: ReadonlySet<string>, paint: Paint): readonly string[] {
  const hazards = step.hazards.map((hazard) => {
    const isBlocked = blocked.has(`${hazard.code} ${hazard.address}`);
    const how = isBlocked ? `; blocked, to allow it plan with  ${allowFlag(hazard)}` : '';
    return `  ${isBlocked ? paint.red('x') : paint.yellow('!')} ${hazard.code}: ${printable(hazard.message)}${printable(how)}`;
  });
  return [`step ${step.id}  ${printable(step.title)}  ${step.phase}, ${transactionWords(step)}, ${lockWords(step)}`, ...hazards];
}
