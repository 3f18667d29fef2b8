/** From flags and configuration to what the planning functions take; flags win over the configuration. */
import { userInfo } from 'node:os';
import type { Config, Environment, Expiry, ScratchChoice, Settings } from '../config/config.js';
import { connectionFrom, resolveConnection } from '../config/resolve-connection.js';
import { withTyped } from '../config/variables.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { Variables } from '../core/variables.js';
import type { PlanOptions, ScratchOptions } from '../plan/options.js';
import { APPLICATION_NAME, VERSION } from './version.js';

/** Typed on the command line, "target" is consent to a superuser too; in the configuration that takes a word of its own. */
export async function scratchOptions(given: string | undefined, configured: ScratchChoice | null): Promise<ScratchOptions> {
  if (given === 'embedded') return { kind: 'embedded' };
  if (given === 'target') return { kind: 'target', superuserConsent: true };
  const env = process.env;
  if (given !== undefined) {
    const named = { url: given, environment: null, env, applicationName: APPLICATION_NAME };
    return { kind: 'url', connection: await resolveConnection(named) };
  }
  if (configured === null) return { kind: 'embedded' };
  if (configured.kind !== 'url') return configured;
  return { kind: 'url', connection: await connectionFrom('scratch', configured.connection, env, APPLICATION_NAME) };
}

/** What holds for the run: the environment's settings, else those of the whole configuration. */
export function settingsOf(config: Config, environment: Environment | null): Settings {
  return environment ?? config;
}

/** Values of variables: those of --var, else those of the environment. Sources that were typed need not use them all. */
export function variablesFor(
  { variables }: Settings,
  flags: { readonly var?: readonly string[] | undefined; readonly desired?: readonly string[] | undefined },
): Variables | null {
  const typed = withTyped(variables, flags.var ?? []);
  if (typed.problems.length > 0)
    throw new DiagnosticError(
      typed.problems.map((problem) => ({ code: 'SC7020', severity: 'error', ...problem })),
      ExitCode.usage,
    );
  if (typed.variables === null || flags.desired === undefined) return typed.variables;
  return new Map([...typed.variables].map(([name, variable]) => [name, { ...variable, expected: false }]));
}

/** What a plan takes from the configuration alone. */
export function configured(settings: Settings, environment: Environment | null) {
  return {
    strictNames: settings.strict_names,
    contract_after_ms: settings.online.contract_after_ms,
    contract_after_unused_ms: settings.online.contract_after_unused_ms,
    retire_ms: settings.online.retire_ms,
    environment: environment?.name ?? null,
    policy: environment?.policy?.rules ?? {},
    timeouts: settings.timeouts,
    tool: { name: 'schemactl', version: VERSION },
    by: userInfo().username,
    ...lifetime(settings.expiry, new Date()),
  } satisfies Partial<PlanOptions>;
}

/** Both dates count from now. */
function lifetime({ start_ms, contract_ms }: Expiry, now: Date): Pick<PlanOptions, 'now' | 'not_after' | 'contract_not_after'> {
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  return { now, not_after: after(start_ms), contract_not_after: contract_ms === null ? null : after(contract_ms) };
}
