/**
 * Edits of desired files that keep their variables: where a name that the server prints is always a variable in the project, it is written
 * as one, and an edit that would put a value in the place of a variable is refused. Knows tokens and no kind.
 */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Variables, VariableValue } from '../core/variables.js';
import { sourceText } from '../desired/source-text.js';
import { type Reference, referencesIn } from '../desired/variables.js';
import { quoteIdent, quoteLiteral } from '../kinds/quote.js';
import { type Token, tokensFrom } from '../kinds/tokens.js';
import type { Texts } from './difference.js';
import { elementsOf } from './sql/elements.js';
import type { SqlScene } from './sql/scene.js';
import type { FileEdit } from './sql/sql-edits.js';
import { APPEND, type Level } from './sql/statement-edits.js';

export interface KeptVariables {
  /** The edits with variables in place of their values where that is what the project does. */
  readonly edits: readonly FileEdit[];
  readonly created: Texts;
  /** Edits that would lose a variable, at its place. */
  readonly lost: readonly Diagnostic[];
}

const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);

export function keepVariables(
  { edits, created }: { readonly edits: readonly FileEdit[]; readonly created: Texts },
  texts: Texts,
  changes: readonly Change[],
  variables: Variables | null,
): KeptVariables {
  if (variables === null) return { edits, created, lost: [] };
  const names = namesBehind(texts, variables);
  const kept = edits.map((edit): FileEdit => {
    const old = (texts.get(edit.file) ?? '').slice(edit.from, edit.to);
    const text = isYaml(edit.file) ? namedYaml(edit.text, names) : keptSql(edit.text, old, names, variables);
    return { ...edit, text };
  });
  const made = new Map(
    [...created].map(([file, text]) => [file, isYaml(file) ? namedYaml(text, names) : keptSql(text, '', names, variables)]),
  );
  const dropped = new Set(changes.flatMap((change) => (change.type === 'drop' ? [change.address] : [])));
  const lost = kept.flatMap((edit) => losses(edit, texts.get(edit.file) ?? '', dropped, variables));
  return { edits: kept, created: made, lost };
}

/** Names that stand in the files as variables only, each with its one variable. */
function namesBehind(texts: Texts, variables: Variables): ReadonlyMap<string, string> {
  const all = [...texts.values()];
  const used = new Set(all.flatMap((text) => referencesIn(text).map(({ name }) => name)));
  const byName = new Map<string, string[]>();
  for (const { name, value } of variables.values())
    if (typeof value === 'object' && value !== null && used.has(name))
      byName.set(value.identifier, [...(byName.get(value.identifier) ?? []), name]);
  const candidates = [...byName].filter(([name, own]) => own.length === 1 && all.every((text) => !wordIn(name).test(text)));
  return new Map(candidates.map(([name, own]) => [name, own[0] ?? '']));
}

function wordIn(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'gi');
}

/** A text of SQL as the kinds write it: "${…}" in its strings is text, and names and values are variables where they were. */
function keptSql(text: string, old: string, names: ReadonlyMap<string, string>, variables: Variables): string {
  const before = new Set(referencesIn(old).map(({ name }) => name));
  const literals = new Map<string, string>();
  for (const name of before) {
    const value = variables.get(name)?.value ?? null;
    if (value === null || typeof value === 'object') continue;
    const written = literalText(value);
    // One that stood there too would be changed with it.
    if (![...tokensFrom(old)].some((token) => token.text === written)) literals.set(written, name);
  }
  let result = '';
  let done = 0;
  for (const token of tokensFrom(text)) {
    const written = tokenText(token, before, names, literals);
    if (written === null) continue;
    result += text.slice(done, token.from) + written;
    done = token.to;
  }
  return result + text.slice(done);
}

function tokenText(
  token: Token,
  before: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
  literals: ReadonlyMap<string, string>,
): string | null {
  const { text, type } = token;
  const literal = literals.get(text);
  if (literal !== undefined) return `\${${literal}}`;
  if (type === 'word' || type === 'quoted') {
    const name = type === 'word' ? text : text.slice(1, -1).replaceAll('""', '"');
    const variable = names.get(name);
    if (variable !== undefined && (type === 'quoted' || quoteIdent(name) === name)) return `\${${variable}}`;
  }
  if ((type !== 'string' && type !== 'quoted') || text.startsWith('$')) return null;
  const strange = referencesIn(text).filter(({ name, isEscaped }) => !isEscaped && !before.has(name));
  if (strange.length === 0) return null;
  return strange.reduceRight((all, { from }) => `${all.slice(0, from)}$${all.slice(from)}`, text);
}

function literalText(value: VariableValue): string {
  return typeof value === 'string' ? quoteLiteral(value) : String(value);
}

/** Lines in block style; in flow style the braces of a variable would need quotes. */
function namedYaml(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .split('\n')
    .map((line) => {
      if (/[{}[\]"'#|>]/.test(line)) return line;
      return [...names].reduce((all, [name, variable]) => all.replaceAll(wordIn(name), () => `\${${variable}}`), line);
    })
    .join('\n');
}

/** Changes of what stands there with a variable in it: said by a statement behind it, they would override the variable. */
export function overridden(
  scene: SqlScene,
  changes: readonly Change[],
  levelOf: (address: Address) => Level,
  variables: Variables | null,
): readonly Diagnostic[] {
  return changes.flatMap((change) => {
    if (variables === null || change.type !== 'set' || levelOf(change.address) < APPEND) return [];
    const { parts } = scene.difference.said.get(change.before.parent ?? '') ?? change.before;
    return scene.homes(change.before).flatMap((statement) => {
      const element = elementsOf(statement)?.elements.find(({ declares }) => declares.includes(change.address));
      const [from, to] = [statement.from + (element?.from ?? 0), statement.from + (element?.to ?? statement.text.length)];
      return referencesIn(scene.texts.get(statement.file) ?? '', from, to).flatMap((reference) => {
        const value = variables.get(reference.name)?.value ?? null;
        // The name of the thing itself says only where it is.
        const isPlace = typeof value === 'object' && value !== null && [...parts, ...change.before.parts].includes(value.identifier);
        return reference.isEscaped || isPlace
          ? []
          : [loss(reference, statement.file, scene.texts.get(statement.file) ?? '', change.address)];
      });
    });
  });
}

/** Variables in what is replaced that are not in what comes. With an object that is gone, the names go that only say where it was. */
function losses(edit: FileEdit, text: string, dropped: ReadonlySet<string>, variables: Variables): readonly Diagnostic[] {
  const left = referencesIn(edit.text).map(({ name }) => name);
  const isRemoval = edit.text.trim() === '' && edit.addresses.length > 0 && edit.addresses.every((address) => dropped.has(address));
  return referencesIn(text, edit.from, edit.to).flatMap((reference): readonly Diagnostic[] => {
    const { name, isEscaped } = reference;
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    if (at >= 0 || isEscaped || (isRemoval && variables.get(name)?.type === 'identifier')) return [];
    return [loss(reference, edit.file, text, edit.addresses[0])];
  });
}

function loss({ name, from, to }: Reference, file: string, text: string, address: Address | undefined): Diagnostic {
  return {
    code: 'SC2504',
    severity: 'error',
    summary: `what the database has would take the place of the variable ${name}`,
    detail: 'nothing was written',
    hint: `change the files, or the variable, by hand${address === undefined ? '' : `, or leave it out: --ignore '${address}'`}`,
    ...(address === undefined ? {} : { address }),
    span: sourceText(file, text).span(from, to),
  };
}
