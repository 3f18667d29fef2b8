/** What the renderers of a plan share: its changes grouped by object, hazards beside them, counts. Knows no kind and no format. */
import { type Address, kindOf, nameOf } from '../core/address.js';
import type { PlanBody, PlanChange, PlanHazard, PlanSource } from '../core/plan.js';
import { displayName } from './address-names.js';
import { addedDetail, changedDetail } from './attribute-words.js';

export type Symbol = '+' | '~' | '-' | '-/+' | '>';

export interface HazardView extends PlanHazard {
  readonly step: string;
  readonly blocked: boolean;
  /** What decided, e.g. a rule of a policy. */
  readonly rule: string | null;
  readonly estimate: { readonly rows: number; readonly bytes: number } | null;
}

export interface RowView {
  readonly symbol: Symbol;
  readonly address: Address;
  /** The kind in words. */
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
  readonly hazards: readonly HazardView[];
  readonly source: PlanSource | null;
}

export interface GroupView {
  readonly root: string;
  /** The change of the root object itself, when there is one. */
  readonly head: RowView | null;
  readonly rows: readonly RowView[];
  /** How many objects go with the root object without being told one by one. */
  readonly gone: number;
  readonly source: PlanSource | null;
}

export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly rename: number;
  readonly replace: number;
  readonly drop: number;
}

export interface PlanView {
  readonly groups: readonly GroupView[];
  readonly counts: Counts;
  readonly hazards: readonly HazardView[];
  /** Hazards at addresses that no change has: shown with their step only. */
  readonly elsewhere: readonly HazardView[];
}

/** `rank` orders kinds within a group. */
export function planView(plan: PlanBody, rank: (kind: string) => number): PlanView {
  const hazards = hazardViews(plan);
  const changes = mergeReplacements(plan.changes);
  const groups = new Map<string, Merged[]>();
  for (const change of changes) {
    const { root } = displayName(change.address);
    groups.set(root, [...(groups.get(root) ?? []), change]);
  }
  const views = [...groups].map(([root, members]) => groupView(root, members, hazards, rank));
  views.sort((a, b) => (a.root < b.root ? -1 : a.root > b.root ? 1 : 0));
  const shown = new Set(changes.flatMap((change) => [change.address, change.from ?? change.address]));
  return { groups: views, counts: counts(views), hazards, elsewhere: hazards.filter((hazard) => !shown.has(hazard.address)) };
}

interface Merged extends PlanChange {
  readonly symbol: Symbol;
}

/** A drop and an add at one address are one replacement. */
function mergeReplacements(changes: readonly PlanChange[]): readonly Merged[] {
  const symbols = { add: '+', drop: '-', set: '~', rename: '>' } as const;
  const merged = new Map<Address, Merged>();
  for (const change of changes) {
    const other = merged.get(change.address);
    const pair = other && ((other.type === 'drop' && change.type === 'add') || (other.type === 'add' && change.type === 'drop'));
    if (pair) merged.set(change.address, { ...other, ...change, type: 'set', symbol: '-/+' });
    else if (other) merged.set(`${change.type} ${change.address}`, { ...change, symbol: symbols[change.type] });
    else merged.set(change.address, { ...change, symbol: symbols[change.type] });
  }
  return [...merged.values()];
}

/** The hazards of the steps, and what policy decided about beside them (a step that is not proven). */
function hazardViews(plan: PlanBody): readonly HazardView[] {
  const key = (code: string, address: Address): string => `${code} ${address}`;
  const decisions = new Map(plan.policy.decisions.map((decision) => [key(decision.hazard, decision.address), decision]));
  const views = plan.steps.flatMap((step) =>
    step.hazards.map((hazard): HazardView => {
      const decision = decisions.get(key(hazard.code, hazard.address));
      const estimate = hazard.estimate === undefined ? step.estimate : hazard.estimate;
      return { ...hazard, step: step.id, blocked: decision?.decision === 'blocked', rule: decision?.rule ?? null, estimate };
    }),
  );
  const known = new Set(views.map((hazard) => key(hazard.code, hazard.address)));
  const others = plan.policy.decisions.flatMap(({ hazard, address, decision, rule }): readonly HazardView[] => {
    if (known.has(key(hazard, address))) return [];
    const step = plan.steps.find((each) => each.proven !== true && Object.hasOwn(each.after, address));
    const message = typeof step?.proven === 'string' ? step.proven : `${hazard} at ${nameOf(address)}`;
    return [
      { code: hazard, address, message, destructive: false, step: step?.id ?? '', blocked: decision === 'blocked', rule, estimate: null },
    ];
  });
  return [...views, ...others];
}

function groupView(root: string, members: readonly Merged[], hazards: readonly HazardView[], rank: (kind: string) => number): GroupView {
  const rows = members
    .map((change) => ({ row: rowView(change, hazards), names: displayName(change.address) }))
    .sort((a, b) => rank(kindOf(a.row.address)) - rank(kindOf(b.row.address)) || (a.row.address < b.row.address ? -1 : 1));
  const own = rows.filter(({ names }) => names.rest === '' && !names.attached);
  const head = own[0]?.row ?? null;
  const rest = rows.filter(({ row }) => row !== head);
  // What an object takes along when it is dropped needs no line, unless something is dangerous about it. Another object of its name does.
  const isTaken = (each: (typeof rows)[number]): boolean => each.row.symbol === '-' && each.row.hazards.length === 0 && !own.includes(each);
  const kept = head?.symbol === '-' ? rest.filter((each) => !isTaken(each)) : rest;
  const shown = kept.map(({ row, names }) => ({ ...row, name: names.rest || root }));
  const source = head?.source ?? shown.find((row) => row.source !== null)?.source ?? null;
  return { root, head, rows: shown, gone: rest.length - shown.length, source };
}

function rowView(change: Merged, hazards: readonly HazardView[]): RowView {
  const own = hazards.filter((hazard) => hazard.address === change.address || hazard.address === change.from);
  const seen = new Set<string>();
  return {
    symbol: change.symbol,
    address: change.address,
    kind: displayName(change.address).kind,
    name: nameOf(change.address),
    detail: detailOf(change),
    hazards: own.filter(({ code }) => !seen.has(code) && seen.add(code)),
    source: change.source ?? null,
  };
}

function detailOf(change: Merged): string {
  if (change.symbol === '>') return `was ${displayName(change.from ?? '').rest || nameOf(change.from ?? '')}`;
  if (change.symbol === '+') return addedDetail(change.after ?? {});
  if (change.symbol === '-') return '';
  return changedDetail(change.before ?? {}, change.after ?? {});
}

/** Counts objects as people do: what comes or goes with its own object as a whole is not counted apart. */
function counts(groups: readonly GroupView[]): Counts {
  const all = groups.flatMap(({ head, rows }) => [
    ...(head ? [head] : []),
    ...rows.filter(
      (row) => head === null || !['+', '-', '-/+'].includes(head.symbol) || (row.symbol !== head.symbol && head.symbol !== '-/+'),
    ),
  ]);
  const of = (symbol: Symbol): number => all.filter((row) => row.symbol === symbol).length;
  return { add: of('+'), change: of('~'), rename: of('>'), replace: of('-/+'), drop: of('-') };
}

/** The flag that allows exactly this hazard, quoted for a shell where needed. */
export function allowFlag(hazard: { readonly code: string; readonly address: Address }): string {
  const value = `${hazard.code}:${nameOf(hazard.address)}`;
  return `--allow ${/^[\w.:@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
