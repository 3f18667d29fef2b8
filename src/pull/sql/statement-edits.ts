/** Edits of one statement for the changes of what it says. Tries clauses first and the whole statement last; names no kind. */
import type { Change } from '../../core/change.js';
import type { SchemaObject } from '../../core/object.js';
import type { Edit } from '../edit.js';
import { renamedObjects } from '../renamed.js';
import { listEdits } from './element-edits.js';
import { claimed, mergedElement } from './element-merge.js';
import { elementsOf } from './elements.js';
import { mergeSql } from './merge.js';
import { statementRemoval } from './removals.js';
import { canonicalText, type SqlScene } from './scene.js';
import type { Element, ElementList, Statement } from './statements.js';
import { styled, styleOf } from './style.js';

/** How hard it has been tried already: clauses are merged at 1, statements written anew from REWRITE on. */
export type Level = number;
export const MERGE: Level = 1;
export const APPEND: Level = 2;
export const REWRITE: Level = 3;

/** `inside`: objects that come into the statement's list or into one of its elements. */
export function statementEdits(
  scene: SqlScene,
  statement: Statement,
  changes: readonly Change[],
  inside: readonly SchemaObject[],
  level: Level,
): readonly Edit[] {
  const text = scene.texts.get(statement.file) ?? '';
  const { wanted } = scene.difference;
  const stays = [...wanted.values()].some((object) => scene.homes(object).includes(statement));
  if (!stays && statement.declares.length > 0) return [statementRemoval(text, statement)];
  const list = elementsOf(statement);
  if (level >= REWRITE || (list === null && changes.length > 0 && !canMerge(scene, statement, changes)))
    return [rewritten(scene, text, statement, inside)];
  if (list === null) return changes.flatMap((change) => merged(scene, statement, change, text));
  return inList(scene, statement, list, changes, inside, text);
}

/** Several objects in one statement without a list (GRANT … TO a, b): nothing says which words are whose. */
function canMerge(scene: SqlScene, statement: Statement, changes: readonly Change[]): boolean {
  const others = statement.declares.filter(({ address }) => !changes.some((change) => change.address === address));
  const isGone = others.some(({ address }) => !scene.difference.said.has(address));
  return changes.length === 1 && changes[0]?.type === 'set' && (others.length === 0 || isGone || statement.declares.length === 2);
}

function rewritten(scene: SqlScene, text: string, statement: Statement, inside: readonly SchemaObject[]): Edit {
  return { from: statement.from, to: statement.to, text: styled(canonicalText(scene, statement, inside), styleOf(text)) };
}

function merged(scene: SqlScene, statement: Statement, change: Change, text: string): readonly Edit[] {
  if (change.type !== 'set') return [];
  const none = new Set<string>();
  const before = styled(scene.said.statements(change.before, none)[0] ?? '', styleOf(text));
  const after = styled(scene.wanted.statements(change.after, none)[0] ?? '', styleOf(text));
  return [{ from: statement.from, to: statement.to, text: mergeSql(statement.text, before, after) }];
}

function inList(
  scene: SqlScene,
  statement: Statement,
  list: ElementList,
  changes: readonly Change[],
  inside: readonly SchemaObject[],
  text: string,
): readonly Edit[] {
  const claims = claimed(scene, statement, list);
  const style = styleOf(text);
  const replaced = new Map<Element, string>();
  const removed = new Set<Element>();
  // What has another name now stays where it is, with the comments around it.
  const renamed = renamedObjects(scene.difference.changes, scene.kinds);
  const kept = new Set<string>();
  const touched = new Set([...changes.map(({ address }) => address), ...inside.map(({ address }) => address)]);
  const parents = new Set([...touched].flatMap((address) => parentOf(scene, address) ?? []));
  for (const claim of claims) {
    const isTouched =
      touched.has(claim.lead.address) || parents.has(claim.lead.address) || claim.nested.some(({ address }) => touched.has(address));
    if (!isTouched) continue;
    const next = inside.find(({ address }) => renamed.get(address)?.address === claim.lead.address) ?? null;
    if (next !== null) kept.add(next.address);
    const own = mergedElement(scene, statement, claim, next);
    if (own === null) removed.add(claim.element);
    else replaced.set(claim.element, own);
  }
  const leads = new Set(claims.map(({ lead }) => lead.address));
  const children = new Set(inside.map(({ address }) => address));
  const added = inside
    .filter((object) => !kept.has(object.address) && !leads.has(object.parent ?? '') && !children.has(object.parent ?? ''))
    .map((object) => ({
      behind: claims.filter(({ lead }) => lead.kind === object.kind).at(-1)?.element ?? null,
      text: styled(scene.wanted.fragment(object, children) ?? '', style),
    }));
  const own = changes.find((change) => change.type === 'set' && change.address === statement.declares[0]?.address && list.from > 0);
  return [
    ...listEdits(text, statement.from, list, { replaced, removed, added }),
    ...(own?.type === 'set' ? around(scene, statement, list, own, text) : []),
  ];
}

function parentOf(scene: SqlScene, address: string): string | null {
  const { said, wanted } = scene.difference;
  return (wanted.get(address) ?? said.get(address))?.parent ?? null;
}

const LIST = '"(the list)"';

/** What stands before and behind the list. */
function around(
  scene: SqlScene,
  statement: Statement,
  list: ElementList,
  change: Change & { readonly type: 'set' },
  text: string,
): readonly Edit[] {
  const masked = (sql: string): string => styled(sql, styleOf(text)).replace('()', `(${LIST})`);
  const none = new Set<string>();
  const own = statement.text.slice(0, list.from) + LIST + statement.text.slice(list.to);
  const before = masked(scene.said.statements(change.before, none)[0] ?? '');
  const after = masked(scene.wanted.statements(change.after, none)[0] ?? '');
  const result = mergeSql(own, before, after);
  const at = result.indexOf(LIST);
  if (at < 0) return [];
  return [
    { from: statement.from, to: statement.from + list.from, text: result.slice(0, at) },
    { from: statement.from + list.to, to: statement.to, text: result.slice(at + LIST.length) },
  ];
}
