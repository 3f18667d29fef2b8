/** From flags and configuration to what the planning functions take; flags win over the configuration. */
import { resolve, sep } from 'node:path';
import type { Config, Environment, Expiry, ScratchChoice, Settings } from '../config/config.js';
import { connectionFrom, resolveConnection } from '../config/resolve-connection.js';
import { DiagnosticError } from '../core/diagnostic.js';
import type { PlanOptions, ScratchOptions } from '../plan/options.js';
import { displayPath } from './paths.js';
import { APPLICATION_NAME } from './version.js';

/**
 * Desired files, relative to where the user is: these paths go into the plan, and the same files must give the same plan wherever the
 * checkout lies.
 */
export function desiredPaths(given: readonly string[] | undefined, settings: Settings): readonly string[] {
  const paths = (given ?? settings.desired).map((path) => displayPath(resolve(path)).split(sep).join('/'));
  if (paths.length > 0) return paths;
  throw new DiagnosticError([
    {
      code: 'SC7021',
      severity: 'error',
      summary: 'no desired state was named',
      hint: 'give --desired PATH, or list files and folders under desired in schemactl.yaml (schemactl init writes one)',
    },
  ]);
}

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

/** Both dates count from now. */
export function lifetime({ start_ms, contract_ms }: Expiry, now: Date): Pick<PlanOptions, 'now' | 'not_after' | 'contract_not_after'> {
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  return { now, not_after: after(start_ms), contract_not_after: contract_ms === null ? null : after(contract_ms) };
}
