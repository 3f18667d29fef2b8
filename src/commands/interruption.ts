/** SIGINT and SIGTERM as an abort signal: the first asks for an orderly end, the second ends the process as the system does. */
import { ExitCode } from '../core/exit-code.js';

export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came, else null. */
  exitCode(): number | null;
  stop(): void;
}

export function watchInterruption(onFirst: (name: string) => void): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  // Removed by the first signal, so that the default action answers the second.
  const listen = (name: 'SIGINT' | 'SIGTERM', exitCode: number) => {
    const handler = (): void => {
      stop();
      code = exitCode;
      onFirst(name);
      controller.abort(new Error(name === 'SIGINT' ? 'interrupted' : 'terminated'));
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  };
  const remove = [listen('SIGINT', ExitCode.interrupted), listen('SIGTERM', ExitCode.terminated)];
  const stop = (): void => {
    for (const off of remove) off();
  };
  return { signal: controller.signal, exitCode: () => code, stop };
}
