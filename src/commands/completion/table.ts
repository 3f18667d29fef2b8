/** What can be typed after what: the commands as the parser knows them, reduced to words. Knows no shell. */
import type { Command } from '@oclif/core';

export type Values = { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'file' | 'environment' | 'anything' };

export interface FlagWords {
  readonly name: string;
  readonly char: string | null;
  readonly summary: string;
  readonly repeats: boolean;
  /** Null: it takes no value. */
  readonly values: Values | null;
}

export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagWords[];
  /** Of its first argument; null: it takes none. */
  readonly argument: Values | null;
}

/** Words that no flag and no argument lists as its options. */
export interface KnownWords {
  readonly hazards: readonly string[];
  readonly explained: readonly string[];
  readonly reports: readonly string[];
  readonly commands: readonly string[];
}

const FILES = /^(FILE|KEYFILE|DIR|PATH\|SOURCE|SOURCE)$/;

export function commandWords(commands: readonly Command.Loadable[], known: KnownWords): readonly CommandWords[] {
  return commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ id, summary, description, flags, args }) => ({
      name: id,
      summary: firstLine(summary ?? description),
      flags: Object.values(flags)
        .filter(({ hidden }) => hidden !== true)
        .map((flag) => flagWords(flag, known)),
      argument: argumentValues(id, Object.values(args), known),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function flagWords(flag: Command.Flag.Cached, known: KnownWords): FlagWords {
  const { name, char = null, summary, description } = flag;
  const repeats = flag.type === 'option' && flag.multiple === true;
  return {
    name,
    char,
    summary: firstLine(summary ?? description),
    repeats,
    values: flag.type === 'option' ? flagValues(flag, known) : null,
  };
}

function flagValues({ name, options, helpValue }: Command.Flag.Cached & { readonly type: 'option' }, known: KnownWords): Values {
  if (options) return { kind: 'words', words: options };
  if (name === 'env') return { kind: 'environment' };
  if (name === 'allow') return { kind: 'words', words: known.hazards };
  if (name === 'report') return { kind: 'words', words: known.reports.map((form) => `${form}=`) };
  const value = Array.isArray(helpValue) ? helpValue[0] : helpValue;
  if (value !== undefined && FILES.test(value)) return { kind: 'file' };
  const words = value?.split('|').filter((word) => word === word.toLowerCase()) ?? [];
  return words.length > 0 ? { kind: 'words', words } : { kind: 'anything' };
}

function argumentValues(command: string, [first]: readonly Command.Arg.Cached[], known: KnownWords): Values | null {
  if (first === undefined) return null;
  if (first.options) return { kind: 'words', words: first.options };
  if (command === 'help') return { kind: 'words', words: known.commands };
  if (command === 'explain') return { kind: 'words', words: known.explained };
  return { kind: /\bfile\b/.test(first.description ?? '') ? 'file' : 'anything' };
}

function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n')[0]?.replaceAll(/<%= *config\.bin *%>/g, 'schemactl') ?? '';
}
