/** What every command shares: configuration, the two streams, findings, exit codes, interruption. Knows no single command. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from '@oclif/core';
import type { Config, Environment } from '../config/config.js';
import { loadConfig } from '../config/load.js';
import { redact } from '../config/redact.js';
import { type ResolvedConnection, resolveConnection } from '../config/resolve-connection.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import { type ColourMode, wantsColour } from '../report/colour.js';
import { diagnosticsText, sortDiagnostics } from '../report/diagnostics.js';
import { githubAnnotations } from '../report/github.js';
import { resultText } from '../report/result.js';
import { failureOf } from './failure.js';
import { commonFlags } from './flags.js';
import { type Interruption, watchInterruption } from './interruption.js';
import { displayPath } from './paths.js';
import { APPLICATION_NAME } from './version.js';

export interface CommonValues {
  readonly config?: string | undefined;
  readonly json: boolean;
  readonly color: ColourMode;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

export abstract class SchemactlCommand extends Command {
  static override baseFlags = commonFlags;

  /** Before the flags are parsed, what can be told without them. */
  protected common: CommonValues = { json: process.argv.includes('--json'), color: 'auto', verbose: false, quiet: false };
  protected interruption!: Interruption;

  /** Text that is in no file, by the name that findings use. */
  private readonly texts = new Map<string, string>();
  protected readonly onText = ({ path, text }: { readonly path: string; readonly text: string }): void => {
    this.texts.set(path, text);
  };

  private readonly findings: Diagnostic[] = [];
  private given: { readonly status: string; readonly members: object } = { status: 'done', members: {} };

  /** Gives the exit code. */
  protected abstract execute(): Promise<number>;

  async run(): Promise<number> {
    this.interruption = watchInterruption((name) => this.note(`${name}: ending in an orderly way; once more to end at once`));
    let code: number;
    try {
      code = await this.execute();
    } catch (error) {
      code = this.fail(error);
    } finally {
      this.interruption.stop();
    }
    this.pointToMore();
    const interrupted = code === ExitCode.done ? null : this.interruption.exitCode();
    if (this.common.json) process.stdout.write(this.result(interrupted ?? code, interrupted !== null));
    return interrupted ?? code;
  }

  /** Once, at the very end, where it is in nobody's way. A wrong command line explains itself, and a bug is explained nowhere. */
  private pointToMore(): void {
    const errors = sortDiagnostics(this.findings).filter(
      ({ severity, code }) => severity === 'error' && code !== 'SC7020' && code !== 'SC9001',
    );
    const codes = [...new Set(errors.map(({ code }) => code))].slice(0, 3);
    if (codes.length > 0 && !this.common.quiet) this.note(`\nmore: schemactl explain ${codes.join(' | ')}`);
  }

  private fail(error: unknown): number {
    this.answer('failed', this.given.members);
    if (this.interruption.exitCode() !== null && !(error instanceof DiagnosticError)) {
      this.note('interrupted');
      return ExitCode.interrupted;
    }
    const { diagnostics, exitCode } = failureOf(error);
    this.show(diagnostics);
    return exitCode;
  }

  protected result(exitCode: number, interrupted = false): string {
    const { status, members } = this.given;
    const input = { command: this.id ?? null, exitCode, status: interrupted ? 'interrupted' : status, diagnostics: this.findings, members };
    return resultText(input, { path: displayPath, clean: redact });
  }

  /** What --json says beside the findings: the status, and the members that report/result-schema.ts lists for the command. */
  protected answer(status: string, members: object): void {
    this.given = { status, members };
  }

  /** Results for people and for files; with --json the result is written once, at the end, and this is nothing. */
  protected print(text: string): void {
    if (!this.common.json) process.stdout.write(text);
  }

  /** Everything else. */
  protected note(text: string): void {
    process.stderr.write(redact(`${text.replace(/\n$/, '')}\n`));
  }

  /** Findings for the result only. */
  protected keep(diagnostics: readonly Diagnostic[]): void {
    this.findings.push(...diagnostics);
  }

  /** Findings for people; on GitHub as annotations too. */
  protected show(diagnostics: readonly Diagnostic[]): void {
    this.keep(diagnostics);
    const shown = this.common.quiet ? diagnostics.filter(({ severity }) => severity !== 'info') : diagnostics;
    if (shown.length === 0) return;
    this.note(
      diagnosticsText(shown, {
        colour: this.colours(process.stderr),
        source: (file) => this.texts.get(file) ?? sourceText(file),
        path: displayPath,
      }),
    );
    if (process.env.GITHUB_ACTIONS === 'true' && !this.common.json)
      this.note(
        githubAnnotations(
          shown.filter(({ severity }) => severity !== 'info'),
          displayPath,
        ),
      );
  }

  protected colours(stream: NodeJS.WriteStream): boolean {
    return wantsColour(this.common.color, process.env, stream.isTTY === true);
  }

  protected readConfig(): Config {
    const config = loadConfig(this.common.config ?? null, process.cwd());
    if (this.common.verbose) this.note(config.file === null ? 'configuration: none' : `configuration: ${displayPath(config.file)}`);
    return config;
  }

  protected environmentOf(config: Config, name: string | undefined): Environment | null {
    if (name === undefined) return null;
    const environment = config.environments.get(name);
    if (environment) return environment;
    const meant = nearest(name, config.environments.keys());
    const known = [...config.environments.keys()].join(', ');
    throw new DiagnosticError([
      {
        code: 'SC7006',
        severity: 'error',
        summary: `no environment is named ${name}`,
        detail: config.file === null ? 'there is no configuration file' : `${displayPath(config.file)} has: ${known || 'none'}`,
        hint: meant ? `did you mean ${meant}?` : 'add it under environments in schemactl.yaml',
      },
    ]);
  }

  protected async connect(url: string | undefined, environment: Environment | null): Promise<ResolvedConnection> {
    const target = await resolveConnection({ url: url ?? null, environment, env: process.env, applicationName: APPLICATION_NAME });
    if (this.common.verbose) this.note(`database: ${target.label} (from ${target.origin})`);
    return target;
  }
}

function sourceText(file: string): string | null {
  try {
    // Columns are counted without a byte order mark.
    return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\ufeff/, '') : null;
  } catch {
    return null;
  }
}
