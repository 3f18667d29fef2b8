/** The kinds' slots, found by the section that they stand in; names no kind. */
import type { Kind } from '../../kinds/kind.js';
import type { YamlSlot } from '../../kinds/yaml-slot.js';

export interface SlotNode {
  readonly kind: Kind;
  readonly slot: YamlSlot;
}

export interface SlotTree {
  /** Slots whose key may stand in entries of the slot with this id ('' is the document), in the order in which they are written. */
  inside(id: string): readonly SlotNode[];
  /** The slot that names a document's schema. */
  readonly opening: NonNullable<YamlSlot['opens']>;
  readonly all: readonly SlotNode[];
  /** True for the way to a text in a language of its own (the body of a function). */
  isForeign(path: readonly string[]): boolean;
}

export function slotTree(kinds: readonly Kind[]): SlotTree {
  const all = kinds.flatMap((kind) => (kind.yaml ?? []).map((slot) => ({ kind, slot })));
  const inside = new Map<string, SlotNode[]>();
  for (const node of [...all].sort((a, b) => a.slot.order - b.slot.order)) {
    const carriers = all.filter(({ slot }) => slot.carries?.includes(slotId(node.slot))).map(({ slot }) => slotId(slot));
    for (const id of new Set([...node.slot.within, ...carriers])) inside.set(id, [...(inside.get(id) ?? []), node]);
  }
  const opening = all.find(({ slot }) => slot.opens)?.slot.opens;
  if (opening === undefined) throw new Error('no slot says which schema a document is about');
  const foreign = new Map<string, ReadonlySet<string>>();
  for (const { slot } of all) if (slot.foreign) foreign.set(slot.section, new Set(slot.foreign));
  const isForeign = (path: readonly string[]): boolean => {
    const last = path.at(-1) ?? '';
    return path.some((section) => foreign.get(section)?.has(last) ?? false);
  };
  return { inside: (id) => inside.get(id) ?? [], opening, all, isForeign };
}

export function slotId(slot: YamlSlot): string {
  return slot.id ?? slot.section;
}
