/** An element of a statement's list that is to say something else: the same merge, over what the kinds write for it. Names no kind. */
import type { SchemaObject, State } from '../../core/object.js';
import { childrenOf } from '../../plan/context.js';
import { likeness, mergeSql } from './merge.js';
import { fragmentOf, type SqlScene } from './scene.js';
import type { Element, ElementList, Statement } from './statements.js';
import { styled, styleOf } from './style.js';
import type { Writer } from './writer.js';

/** The object that an element is about, and what stands in it without a name. */
export interface Claimed {
  readonly element: Element;
  readonly lead: SchemaObject;
  /** Objects beside the lead that are said in it: `primary key` behind a column. */
  readonly nested: readonly SchemaObject[];
}

/** Which objects the elements stand for, named or not. */
export function claimed(scene: SqlScene, statement: Statement, list: ElementList): readonly Claimed[] {
  const { said } = scene.difference;
  const owner = statement.declares[0]?.address ?? '';
  const unnamed = new Set((childrenOf(said).get(owner) ?? []).filter((child) => scene.comesAlong(child)));
  const found: Claimed[] = [];
  for (const element of list.elements.filter(({ declares }) => declares.length === 0)) {
    const own = statement.text.slice(element.from, element.to);
    const scored = [...unnamed].map((object) => ({ object, score: likeness(own, withoutName(fragmentOf(scene.said, object))) }));
    const best = scored.sort((a, b) => b.score - a.score)[0];
    if (best === undefined || best.score < 0.6) continue;
    unnamed.delete(best.object);
    found.push({ element, lead: best.object, nested: [] });
  }
  for (const element of list.elements) {
    const [first, ...rest] = element.declares;
    const lead = said.get(first ?? '');
    if (lead === undefined) continue;
    const named = rest.flatMap((address) => said.get(address) ?? []).filter(({ parent }) => parent === lead.parent);
    const siblings = new Set((childrenOf(said).get(owner) ?? []).filter(({ kind }) => kind === lead.kind).map(({ address }) => address));
    const only = [...unnamed].filter((object) => {
      const on = object.dependsOn.filter((address) => siblings.has(address));
      return object.kind !== lead.kind && on.length > 0 && on.every((address) => address === lead.address);
    });
    found.push({ element, lead, nested: [...named, ...only] });
  }
  return found;
}

function withoutName(fragment: string): string {
  return fragment.replace(/^CONSTRAINT ("(?:[^"]|"")*"|\S+) /, '');
}

/** The element's text once it says what is wanted; null: nothing of it is left. */
export function mergedElement(scene: SqlScene, statement: Statement, claim: Claimed): string | null {
  const own = statement.text.slice(claim.element.from, claim.element.to);
  const { said, wanted } = scene.difference;
  if (!wanted.has(claim.lead.address)) return null;
  const style = styleOf(scene.texts.get(statement.file) ?? '');
  const before = styled(written(scene, scene.said, said, claim), style);
  const after = styled(written(scene, scene.wanted, wanted, claim), style);
  return mergeSql(own, before, after);
}

function written(scene: SqlScene, writer: Writer, state: State, { lead, nested }: Claimed): string {
  const object = state.get(lead.address) ?? lead;
  const children = (childrenOf(state).get(lead.address) ?? []).filter((child) => isHere(scene, child, lead));
  const inside = new Set(children.map(({ address }) => address));
  const own = writer.fragment(object, inside) ?? fragmentOf(writer, object);
  const others = nested.flatMap(({ address }) => state.get(address) ?? []);
  return [own, ...others.map((other) => fragmentOf(writer, other))].join(' ');
}

/** A child of the lead that is said in the lead's element, or is about to be. */
function isHere(scene: SqlScene, child: SchemaObject, lead: SchemaObject): boolean {
  const [home] = scene.homes(child);
  return home === undefined ? scene.comesAlong(child) : scene.homes(lead).includes(home);
}
