/** The words that name a source ("git:main:schemas", "exec:npx drizzle-kit export", a path) taken apart; reads nothing. */
import { resolve } from 'node:path';
import type { ConfiguredSource } from './config.js';

export const COMMAND_TIMEOUT_MS = 60_000;

export interface SourceProblem {
  readonly problem: string;
  readonly hint: string;
}

/** What stands before the first colon; whatever else is written is the path of a file or folder. */
const SCHEMES = ['exec', 'url', 'env', 'environment', 'snapshot', 'git', 'plan'] as const;

/** @param folder what relative paths start at, and where commands run. */
export function sourceOf(text: string, folder: string): ConfiguredSource | SourceProblem {
  const colon = text.indexOf(':');
  const scheme = SCHEMES.find((name) => name === text.slice(0, colon));
  const rest = text.slice(colon + 1);
  if (scheme === undefined) {
    if (/^postgres(ql)?:\/\//.test(text)) return problem('a connection string is no file', 'write url: in front of it');
    return { kind: 'path', path: resolve(folder, text) };
  }
  if (rest.trim() === '') return problem(`nothing follows ${scheme}:`, EXAMPLES[scheme]);
  switch (scheme) {
    case 'exec':
      return commandOf(rest, folder);
    case 'url':
      return { kind: 'connection', connection: { from: 'text', url: rest } };
    case 'env':
      return { kind: 'connection', connection: { from: 'env', name: rest } };
    case 'environment':
      return { kind: 'environment', name: rest };
    case 'git':
      return revisionOf(rest, folder);
    default:
      return { kind: scheme, path: resolve(folder, rest) };
  }
}

const EXAMPLES: Readonly<Record<(typeof SCHEMES)[number], string>> = {
  exec: "write for example 'exec:npx drizzle-kit export'",
  url: 'write for example url:postgresql://me@localhost/shop',
  env: 'write the name of a variable that holds a connection string: env:STAGING_URL',
  environment: 'write the name of an environment of the configuration: environment:staging',
  snapshot: 'write the path of a file that schemactl snapshot wrote: snapshot:schema.snapshot.json',
  git: 'write a revision and a path: git:main:schemas',
  plan: 'write the path of a plan file: plan:plan.json',
};

function problem(text: string, hint: string): SourceProblem {
  return { problem: text, hint };
}

/** A revision holds no colon, so the first one ends it. */
function revisionOf(text: string, folder: string): ConfiguredSource | SourceProblem {
  const colon = text.indexOf(':');
  if (colon < 1) return problem(`git:${text} does not name a revision and a path`, EXAMPLES.git);
  return { kind: 'git', revision: text.slice(0, colon), path: text.slice(colon + 1).replace(/^\.\//, ''), folder };
}

function commandOf(text: string, folder: string): ConfiguredSource | SourceProblem {
  const words = commandWords(text);
  if (!Array.isArray(words)) return words as SourceProblem;
  return { kind: 'command', argv: words, folder, timeout_ms: COMMAND_TIMEOUT_MS };
}

/** One thing of a command line: a quoted text, an escaped character, something that only a shell would understand, or plain text. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([|&;<>()$`*?#~[\]{}!]|["'\\])|([^\s'"\\|&;<>()$`*?#~[\]{}!]+)/y;

/**
 * A command line as words: blanks part them, quotes and backslashes keep them together, and that is all. What a shell would act on must be
 * quoted, since no shell runs it: silently passing "|" on as an argument would be a riddle.
 */
export function commandWords(text: string): readonly string[] | SourceProblem {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] ?? '')) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    PIECE.lastIndex = at;
    const [piece = '', single, double, escaped, special, plain] = PIECE.exec(text) ?? [];
    if (special !== undefined) {
      if (/["'\\]/.test(special)) return problem(`${special} is never closed in: ${text}`, 'close it, or put a backslash before it');
      return problem(
        `${special} would need a shell, and commands run without one: ${text}`,
        `put it in quotes if it is meant as it stands, or name the shell: exec:sh -c '…'`,
      );
    }
    word = (word ?? '') + (single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '');
    at += Math.max(piece.length, 1);
  }
  if (word !== null) words.push(word);
  return words.length > 0 ? words : problem('there is no command', EXAMPLES.exec);
}
