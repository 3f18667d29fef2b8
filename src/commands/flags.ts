/** Flags that several commands share, so that one name means one thing everywhere. */
import { Flags } from '@oclif/core';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import type { Allowance } from '../plan/options.js';

export const commonFlags = {
  config: Flags.string({
    description: 'configuration file; default: schemactl.yaml here or above',
    helpValue: 'FILE',
    env: 'SCHEMACTL_CONFIG',
    helpGroup: 'COMMON',
  }),
  json: Flags.boolean({ description: 'one JSON document, whatever happens: schemas/result.schema.json', helpGroup: 'COMMON' }),
  color: Flags.option({
    description: 'whether to colour',
    options: ['auto', 'always', 'never'] as const,
    default: 'auto',
    env: 'SCHEMACTL_COLOR',
    helpGroup: 'COMMON',
  })(),
  verbose: Flags.boolean({ char: 'v', description: 'say more', helpGroup: 'COMMON' }),
  quiet: Flags.boolean({ char: 'q', description: 'results and errors only', helpGroup: 'COMMON' }),
};

export const targetFlags = {
  env: Flags.string({ char: 'e', description: 'environment of the configuration', helpValue: 'NAME', env: 'SCHEMACTL_ENV' }),
  url: Flags.string({ description: 'connection string of the database; also SCHEMACTL_URL', helpValue: 'URL' }),
};

/** What to add to a command that is named to the user, so that it means the same database; a connection string may hold a password. */
export function targetWords(flags: { readonly env?: string | undefined; readonly url?: string | undefined }): string {
  if (flags.env !== undefined) return ` --env ${/^[\w.-]+$/.test(flags.env) ? flags.env : `'${flags.env}'`}`;
  return flags.url === undefined ? '' : ' --url URL';
}

export const scopeFlags = {
  manage: Flags.string({
    description: 'address pattern of what is managed; replaces those of the configuration',
    helpValue: 'PATTERN',
    multiple: true,
    multipleNonGreedy: true,
  }),
  ignore: Flags.string({
    description: 'address pattern of what is left alone; added to those of the configuration',
    helpValue: 'PATTERN',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

export const desiredFlag = Flags.string({
  description:
    'file or folder with the desired state, or exec:COMMAND, url:URL, env:NAME, environment:NAME, snapshot:FILE, git:REVISION:PATH, plan:FILE; default: those of the configuration',
  helpValue: 'PATH|SOURCE',
  multiple: true,
  multipleNonGreedy: true,
});

export const varFlag = Flags.string({
  description: 'value of a variable that the configuration declares, for this run',
  helpValue: 'NAME=VALUE',
  multiple: true,
  multipleNonGreedy: true,
});

export const scratchFlag = Flags.string({
  description:
    'where desired statements are run: embedded (default), target, or the connection string of a server for throw-away databases',
  helpValue: 'URL|target|embedded',
  env: 'SCHEMACTL_SCRATCH',
});

export const reportFlag = Flags.string({
  description: 'write another form of the result to a file',
  helpValue: 'FORMAT=FILE',
  multiple: true,
  multipleNonGreedy: true,
});

/** What the parser of the command line cannot check. */
export function usage(summary: string, hint?: string): DiagnosticError {
  return new DiagnosticError([{ code: 'SC7020', severity: 'error', summary, ...(hint ? { hint } : {}) }], ExitCode.usage);
}

export interface ReportRequest {
  readonly format: string;
  readonly file: string;
}

/** "markdown=plan.md" taken apart. */
export function parseReports(values: readonly string[], formats: readonly string[]): readonly ReportRequest[] {
  return values.map((value) => {
    const at = value.indexOf('=');
    if (at < 1 || at === value.length - 1)
      throw usage(`--report ${value} is not FORMAT=FILE`, 'write for example --report markdown=plan.md');
    const format = value.slice(0, at);
    if (!formats.includes(format)) {
      const meant = nearest(format, formats);
      throw usage(`--report knows no format ${format}`, meant ? `did you mean ${meant}?` : `it is one of: ${formats.join(', ')}`);
    }
    return { format, file: value.slice(at + 1) };
  });
}

/** "drop-table:app.legacy" taken apart. */
export function parseAllow(values: readonly string[]): readonly Allowance[] {
  return values.map((value) => {
    const match = /^(\*|[a-z][a-z0-9-]*)(?::(.+))?$/s.exec(value);
    if (!match)
      throw usage(`--allow ${value} is not HAZARD or HAZARD:ADDRESS`, "write for example --allow drop-table:app.legacy, or --allow '*'");
    return { hazard: match[1] as string, address: match[2] ?? null };
  });
}
