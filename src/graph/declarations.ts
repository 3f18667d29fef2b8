/** Declarations -> the order in which to run them, from the names that they make, change and mention; runs and resolves nothing. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Declaration } from '../desired/declaration.js';
import { candidateKeys, changesLaterStatements, livesInSchema, providedKey } from '../desired/names.js';
import { searchPathOf } from '../desired/search-path.js';
import type { NameRef } from '../kinds/kind.js';
import { type Edge, topologicalSort } from './topological.js';

/** A thing must be there before it is used; statements of one file on one thing keep their order; what uses a thing waits for its changes. */
const MUST = 0;
const FILE_ORDER = 1;
const SETTLED_FIRST = 2;

export interface OrderedDeclarations {
  readonly order: readonly Declaration[];
  /** Cycles, as warnings: only a server can say whether they are real. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The same declarations give the same order, however they are spread over files. */
export function orderDeclarations(declarations: readonly Declaration[]): OrderedDeclarations {
  const names = indexNames(declarations);
  const edges = [...useEdges(declarations, names), ...fileOrderEdges(declarations, names), ...barrierEdges(declarations)];
  const keys = new Map(declarations.map((declaration) => [declaration, sortKey(declaration)]));
  const compare = (a: Declaration, b: Declaration): number => {
    const [left, right] = [keys.get(a) ?? '', keys.get(b) ?? ''];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const { order, cycles } = topologicalSort(declarations, edges, compare);
  return { order, diagnostics: cycles.map(cycleWarning) };
}

/** Names that stand for several things, told apart by their argument types. */
const OVERLOADED: ReadonlySet<NameRef['space']> = new Set(['routine', 'operator']);

interface Touched {
  readonly space: NameRef['space'];
  readonly providers: number[];
  readonly alterers: number[];
  readonly completers: number[];
}

function indexNames(declarations: readonly Declaration[]): ReadonlyMap<string, Touched> {
  const names = new Map<string, Touched>();
  for (const [index, declaration] of declarations.entries()) {
    for (const ref of declaration.provides) {
      const key = providedKey(ref, declaration);
      const touched = names.get(key) ?? { space: ref.space, providers: [], alterers: [], completers: [] };
      names.set(key, touched);
      if (touched.providers.at(-1) !== index) touched.providers.push(index);
    }
  }
  for (const [index, declaration] of declarations.entries()) {
    for (const ref of declaration.alters) {
      const found = resolve(ref, declaration, names);
      for (const touched of found) {
        touched.alterers.push(index);
        // What was granted on a type before it is made whole is lost then.
        if (declaration.completes) touched.completers.push(index);
      }
      // What every database has (schema public) nobody provides; statements on it keep their order all the same.
      const key = candidateKeys(ref, declaration)[0];
      if (found.length === 0 && key !== undefined) names.set(key, { space: ref.space, providers: [], alterers: [index], completers: [] });
    }
  }
  return names;
}

/** What a name may mean: the first schema that has it, but for routines and operators every one, as overloads are chosen by type. */
function resolve(ref: Declaration['uses'][number], declaration: Declaration, names: ReadonlyMap<string, Touched>): readonly Touched[] {
  const found = candidateKeys(ref, declaration).flatMap((key) => names.get(key) ?? []);
  return OVERLOADED.has(ref.space) ? found : found.slice(0, 1);
}

function* useEdges(declarations: readonly Declaration[], names: ReadonlyMap<string, Touched>): Generator<Edge> {
  for (const [to, declaration] of declarations.entries()) {
    const own = new Set(declaration.provides.map((ref) => providedKey(ref, declaration)));
    const altered = new Set(declaration.alters.flatMap((ref) => resolve(ref, declaration, names)));
    for (const touched of altered) {
      const first = declaration.completes ? touched.providers : [...touched.providers, ...touched.completers];
      for (const from of first) yield { from, to, level: MUST };
    }
    for (const ref of [...declaration.uses, ...schemasNeeded(declaration)]) {
      if (own.has(providedKey(ref, declaration))) continue;
      for (const touched of resolve(ref, declaration, names)) {
        for (const from of touched.providers) yield { from, to, level: MUST };
        if (altered.has(touched)) continue;
        for (const from of touched.alterers) yield { from, to, level: SETTLED_FIRST };
      }
    }
  }
}

/** A name without a schema still needs the schemas that it is made in and looked up in. */
function schemasNeeded(declaration: Declaration): Declaration['uses'] {
  if (declaration.provides.some((ref) => !livesInSchema(ref))) return [];
  const schemas = new Set(searchPathOf(declaration.settings.search_path ?? ''));
  for (const ref of declaration.provides) if (ref.schema !== null) schemas.add(ref.schema);
  return [...schemas].map((name) => ({ space: 'schema', schema: null, name }));
}

/** Statements of one file that make or change one thing run as they stand there. Overloads of a routine are different things. */
function* fileOrderEdges(declarations: readonly Declaration[], names: ReadonlyMap<string, Touched>): Generator<Edge> {
  for (const { space, providers, alterers } of names.values()) {
    const overloaded = OVERLOADED.has(space);
    yield* chains(overloaded ? alterers : [...providers, ...alterers], declarations, () => '');
    if (overloaded) yield* chains(providers, declarations, (declaration) => declaration.declares[0]?.address ?? '');
  }
}

/** Each to the next of the same file and thing. */
function* chains(
  touching: readonly number[],
  declarations: readonly Declaration[],
  thing: (declaration: Declaration) => string,
): Generator<Edge> {
  const last = new Map<string, number>();
  for (const to of [...new Set(touching)].sort((a, b) => a - b)) {
    const declaration = declarations[to] as Declaration;
    const key = `${declaration.span.file}\0${thing(declaration)}`;
    const from = last.get(key);
    if (from !== undefined) yield { from, to, level: FILE_ORDER };
    last.set(key, to);
  }
}

/** What a file creates before and after a statement such as ALTER DEFAULT PRIVILEGES stays before and after it. */
function* barrierEdges(declarations: readonly Declaration[]): Generator<Edge> {
  const barriers = new Map<string, { last: number | null; since: number[] }>();
  for (const [index, declaration] of declarations.entries()) {
    const state = barriers.get(declaration.span.file) ?? { last: null, since: [] };
    barriers.set(declaration.span.file, state);
    if (changesLaterStatements(declaration)) {
      for (const from of state.since) yield { from, to: index, level: FILE_ORDER };
      if (state.last !== null) yield { from: state.last, to: index, level: FILE_ORDER };
      state.last = index;
      state.since = [];
    } else if (declaration.provides.length > 0) {
      if (state.last !== null) yield { from: state.last, to: index, level: FILE_ORDER };
      state.since.push(index);
    }
  }
}

/** Schemas and extensions first, so that names without dependencies that the parser sees (a type of an extension) are there. */
const FIRST: readonly string[] = ['role', 'schema', 'extension'];

function sortKey(declaration: Declaration): string {
  const made = declaration.provides[0];
  const early = made ? FIRST.indexOf(made.space) : -1;
  const name = made ? providedKey(made, declaration) : (declaration.declares[0]?.address ?? '');
  // What makes something comes before what only changes something.
  return [early < 0 ? FIRST.length : early, made ? 0 : 1, name, declaration.declares[0]?.address ?? '', declaration.sql].join('\0');
}

function cycleWarning(cycle: readonly Declaration[]): Diagnostic {
  const titles = cycle.map(titleOf);
  const [first, ...others] = cycle;
  return {
    code: 'SC1030',
    severity: 'warning',
    summary: `these need each other: ${[...titles, titles[0]].join(' -> ')}`,
    hint: 'take one of the references out, or add it with an ALTER of its own',
    ...(first ? { span: first.span } : {}),
    related: others.map((declaration) => ({ message: titleOf(declaration), span: declaration.span })),
  };
}

function titleOf(declaration: Declaration): string {
  const made = declaration.provides[0];
  return declaration.declares[0]?.address ?? (made ? [made.schema, made.name].filter(Boolean).join('.') : declaration.sql.slice(0, 40));
}
