/** What the demo shows and checks: commands as a user types them with their real output, edits as differences; knows no command. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Terminal {
  /** A remark between commands. */
  say(text: string): void;
  /** Runs schemactl with what stands behind its name, shows all that it prints, and holds it to its exit code and its words. */
  schemactl(line: string, code: number, ...words: readonly (string | RegExp)[]): Promise<string>;
  /** Changes lines of a file and shows them. */
  edit(path: string, ...changes: readonly (readonly [before: string, after: string])[]): void;
  append(path: string, text: string): void;
  remove(path: string): void;
  /** An expectation that is no command's. */
  check(what: string, holds: boolean): void;
}

export interface TerminalOptions {
  readonly folder: string;
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  /** Shown in the place of what a real one would not show either, such as a password. */
  readonly hide: (text: string) => string;
}

/** What was expected and did not happen: the demo ends with it. */
export class Unexpected extends Error {}

export function terminal({ folder, executable, env, hide }: TerminalOptions): Terminal {
  const print = (text: string): boolean => process.stdout.write(hide(text));
  const change = (path: string, removed: readonly string[], added: readonly string[]): void => {
    print(`\n  ${path}\n${[...removed.map((line) => `  - ${line}`), ...added.map((line) => `  + ${line}`)].join('\n')}\n`);
  };
  return {
    say: (text) => void print(`\n# ${text.replaceAll('\n', '\n# ')}\n`),
    schemactl: async (line, code, ...words) => {
      print(`\n$ schemactl ${line}\n`);
      const ran = await run(executable, wordsOf(line, env), folder, env, print);
      print(`[exit ${ran.code}]\n`);
      if (ran.code !== code) throw new Unexpected(`schemactl ${line}: exit ${ran.code} instead of ${code}`);
      for (const word of words) {
        const is = typeof word === 'string' ? ran.output.includes(word) : word.test(ran.output);
        if (!is) throw new Unexpected(`schemactl ${line}: its output does not have ${word}`);
      }
      return ran.output;
    },
    edit: (path, ...changes) => {
      let text = readFileSync(join(folder, path), 'utf8');
      for (const [before, after] of changes) {
        if (text.split(before).length !== 2) throw new Unexpected(`${path} does not have once: ${before}`);
        text = text.replace(before, () => after);
        change(path, before.split('\n'), after.split('\n'));
      }
      writeFileSync(join(folder, path), text);
    },
    append: (path, text) => {
      writeFileSync(join(folder, path), text, { flag: 'a' });
      change(path, [], text.trimEnd().split('\n'));
    },
    remove: (path) => {
      rmSync(join(folder, path));
      print(`\n$ rm ${path}\n`);
    },
    check: (what, holds) => {
      if (!holds) throw new Unexpected(`not so: ${what}`);
      print(`  ${what}: as it must be\n`);
    },
  };
}

/** The words of a line as a shell takes them apart: quotes, and "$NAME" for a variable. */
function wordsOf(line: string, env: Readonly<Record<string, string>>): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"\$(\w+)"|(\S+)/g)].map(([, quoted, variable, bare]) =>
    variable === undefined ? (quoted ?? bare ?? '') : (env[variable] ?? ''),
  );
}

function run(
  executable: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  print: (text: string) => boolean,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [executable, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        print(text);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
