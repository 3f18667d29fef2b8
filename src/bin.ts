#!/usr/bin/env node
/** The executable: hands the command line to its command and ends the process with its exit code. Knows no command. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Interfaces, run } from '@oclif/core';
import { failureOf } from './commands/failure.js';
import { redact } from './config/redact.js';
import { ExitCode } from './core/exit-code.js';
import { diagnosticsText } from './report/diagnostics.js';
import { resultText } from './report/result.js';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<number> {
  const file = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Interfaces.PJSON;
  // Named one by one, so that the folder may hold more than commands.
  const commands = { strategy: 'explicit' as const, target: './dist/commands/index.js', identifier: 'COMMANDS' };
  const pjson: Interfaces.PJSON = { ...file, oclif: { ...file.oclif, commands } };
  try {
    const code: unknown = await run(process.argv.slice(2), { root, pjson });
    return typeof code === 'number' ? code : ExitCode.done;
  } catch (error) {
    // oclif ends help with an exception.
    const exit = (error as { oclif?: { exit?: number }; code?: string }).oclif?.exit;
    if ((error as { code?: string }).code === 'EEXIT') return exit ?? ExitCode.done;
    const { diagnostics, exitCode } = failureOf(error);
    const path = (file: string): string => file;
    process.stderr.write(redact(diagnosticsText(diagnostics, { source: () => null, path })));
    // Only a command line that leads to no command ends here.
    const input = { command: null, exitCode, status: 'failed', diagnostics, members: {} };
    if (process.argv.includes('--json')) process.stdout.write(resultText(input, { path, clean: redact }));
    return exitCode;
  }
}

/** A pipe may still hold what was written; exiting before it is taken would cut results short. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}

// A reader that stops early ("| head") is no failure of ours, and ending here could leave a plan half applied.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const exitCode = await main();
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(exitCode);
