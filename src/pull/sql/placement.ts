/** Where new statements go: beside what they hang on, else beside their like, else into a file of their own. Names no kind. */
import { dirname, join } from 'node:path';
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { schemaOf } from '../../diff/scope.js';
import { fileName, pathOf } from '../../plan/export.js';
import { type Edit, lineEnd } from '../edit.js';
import type { SqlScene } from './scene.js';
import type { Statement } from './statements.js';
import { inNewlines, styled, styleOf } from './style.js';

export type Place = { readonly behind: Statement } | { readonly file: string };

export function topOf(state: State, object: SchemaObject): SchemaObject {
  let at = object;
  for (let next = state.get(at.parent ?? ''); next !== undefined; next = state.get(at.parent ?? '')) at = next;
  return at;
}

/** `folder`: where a file of its own would be made. */
export function placeOf(scene: SqlScene, object: SchemaObject, folder: string): Place {
  const { said, wanted } = scene.difference;
  const top = topOf(wanted, object);
  if (said.has(top.address)) {
    const group = scene.statements.filter((statement) => statement.declares.some(({ address }) => isPartOf(said, address, top.address)));
    const alike = group.filter((statement) =>
      statement.declares.some(({ address }) => said.get(address)?.kind === object.kind && address !== top.address),
    );
    const home = group.find((statement) => statement.declares[0]?.address === top.address) ?? group[0];
    const others = alike.length > 0 || home === undefined ? [] : lastOfKind(scene, object, home.file);
    const behind = alike.at(-1) ?? others.at(-1) ?? group.filter(({ file }) => file === home?.file).at(-1);
    if (behind !== undefined) return { behind };
  }
  return besideSiblings(scene, top, folder);
}

/** In a dump, statements of one kind stand together, away from what they hang on. */
function lastOfKind(scene: SqlScene, object: SchemaObject, file: string): readonly Statement[] {
  const own = scene.statements.filter((statement) => statement.file === file);
  const alike = own.filter(
    ({ declares }) => declares.length === 1 && scene.difference.said.get(declares[0]?.address ?? '')?.kind === object.kind,
  );
  const runs = alike.filter((statement) => alike.includes(own[own.indexOf(statement) - 1] as Statement));
  return runs.length > 1 ? alike : [];
}

function isPartOf(state: State, address: Address, top: Address): boolean {
  for (let at: Address | null | undefined = address; at !== null && at !== undefined; at = state.get(at)?.parent)
    if (at === top) return true;
  return false;
}

function besideSiblings(scene: SqlScene, top: SchemaObject, folder: string): Place {
  const { said, wanted } = scene.difference;
  const schema = schemaOf(top, wanted, scene.kinds);
  const leads = scene.statements.flatMap((statement) => {
    const object = said.get(statement.declares[0]?.address ?? '');
    return object === undefined || (object.parent !== null && said.has(object.parent) && object.kind !== top.kind)
      ? []
      : [{ statement, object }];
  });
  const inSchema = leads.filter(({ object }) => schemaOf(object, said, scene.kinds) === schema);
  const siblings = inSchema.filter(({ object }) => object.kind === top.kind);
  const files = new Set(siblings.map(({ statement }) => statement.file));
  const [sibling] = siblings;
  const name = `${fileName(top.parts.at(-1) ?? top.kind)}.sql`;
  const ofOne = siblings.filter(({ statement, object }) => baseName(statement.file) === `${fileName(object.parts.at(-1) ?? '')}.sql`);
  if (sibling !== undefined && ofOne.length === siblings.length && files.size === siblings.length)
    return { file: join(dirname(sibling.statement.file), name) };
  const fullest = [...files].sort((a, b) => countIn(siblings, b) - countIn(siblings, a))[0];
  const last = siblings.filter(({ statement }) => statement.file === fullest).at(-1);
  if (last !== undefined) {
    const group = scene.statements.filter(
      (statement) => statement.file === fullest && statement.declares.some(({ address }) => isPartOf(said, address, last.object.address)),
    );
    return { behind: contiguous(scene, last.statement, group) };
  }
  const others = new Set(inSchema.map(({ statement }) => statement.file));
  const [only] = others;
  if (others.size === 1 && only !== undefined) return { behind: scene.statements.filter(({ file }) => file === only).at(-1) as Statement };
  return { file: join(folder, pathOf(top, wanted, 'object')) };
}

/** What follows a statement and is about the same object. */
function contiguous(scene: SqlScene, first: Statement, group: readonly Statement[]): Statement {
  const own = scene.statements.filter(({ file }) => file === first.file);
  let at = own.indexOf(first);
  while (group.includes(own[at + 1] as Statement)) at += 1;
  return own[at] ?? first;
}

function countIn(siblings: readonly { readonly statement: Statement }[], file: string): number {
  return siblings.filter(({ statement }) => statement.file === file).length;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export function insertedBehind(text: string, behind: Statement, sql: readonly string[]): Edit {
  const style = styleOf(text);
  const end = lineEnd(text, behind.end);
  const at = /^\s*(--.*)?$/.test(text.slice(behind.end, end)) ? end : behind.end;
  const semicolon = text.slice(behind.to, behind.end).includes(';') ? '' : ';';
  return { from: at, to: at, text: inNewlines(`${semicolon}${sql.map((one) => `\n\n${styled(one.trim(), style)};`).join('')}`, style) };
}
