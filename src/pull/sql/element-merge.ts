/** An element of a statement's list that is to say something else: the same merge, over what the kinds write for it. Names no kind. */
import type { SchemaObject, State } from '../../core/object.js';
import { quoteIdent } from '../../kinds/quote.js';
import { tokensFrom } from '../../kinds/tokens.js';
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

/** The element's text once it says what is wanted; null: nothing of it is left. `next`: what the lead is called now. */
export function mergedElement(scene: SqlScene, statement: Statement, claim: Claimed, next: SchemaObject | null = null): string | null {
  const own = statement.text.slice(claim.element.from, claim.element.to);
  const { said, wanted } = scene.difference;
  const lead = next ?? claim.lead;
  if (!wanted.has(lead.address)) return null;
  const style = styleOf(scene.texts.get(statement.file) ?? '');
  // What only follows the new name says nothing of it where it stands behind it.
  const nested = next === null ? claim.nested : claim.nested.filter((object) => !onlyFollows(scene, object, claim.lead, next));
  const before = styled(written(scene, scene.said, said, { ...claim, nested }), style);
  const after = styled(written(scene, scene.wanted, wanted, { ...claim, nested, lead }), style);
  if (next === null) return mergeSql(own, before, after);
  return mergeSql(withName(own, claim.lead, next), withName(before, claim.lead, next), after);
}

/** The first time that the old name stands there. */
function withName(text: string, old: SchemaObject, next: SchemaObject): string {
  const [from, to] = [old, next].map(({ parts }) => quoteIdent(parts.at(-1) ?? '')) as [string, string];
  for (const token of tokensFrom(text)) {
    const isName = token.text === from || token.text === `"${from}"`;
    if (isName && (token.type === 'word' || token.type === 'quoted')) return text.slice(0, token.from) + to + text.slice(token.to);
  }
  return text;
}

function onlyFollows(scene: SqlScene, object: SchemaObject, old: SchemaObject, next: SchemaObject): boolean {
  const now = scene.difference.wanted.get(object.address);
  if (now === undefined) return false;
  const words = (fragment: string): readonly string[] => [...tokensFrom(fragment)].map(({ text }) => text);
  const [from, to] = [old, next].map(({ parts }) => quoteIdent(parts.at(-1) ?? ''));
  const followed = words(fragmentOf(scene.said, object)).map((word) => (word === from ? to : word));
  return followed.join(' ') === words(fragmentOf(scene.wanted, now)).join(' ');
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
