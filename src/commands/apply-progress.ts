/** Shows the steps of an apply: a live list on a terminal, one line with its time per event elsewhere. */
import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { ApplyEvent } from '../apply/options.js';
import { printable } from '../report/printable.js';
import { applyLines, rowsWords, timed, waitingWords } from '../report/progress.js';
import { duration } from '../report/words.js';

export interface ApplyProgress {
  onEvent(event: ApplyEvent): void;
  /** Ends the display, however far the steps came. */
  end(): Promise<void>;
}

const HEARTBEAT_MS = 30_000;

export function applyProgress(quiet: boolean): ApplyProgress {
  if (quiet) return { onEvent: () => undefined, end: async () => undefined };
  // A terminal without a width (a container's, often) cannot be drawn on.
  return process.stderr.isTTY && process.stderr.columns > 0 && process.env.TERM !== 'dumb' ? liveList() : lines();
}

function lines(): ApplyProgress {
  const render = applyLines(Date.now);
  const print = (text: string): boolean => process.stderr.write(`${timed(new Date(), text)}\n`);
  let last = 'still working';
  const heartbeat = setInterval(() => print(`still running: ${last}`), HEARTBEAT_MS);
  heartbeat.unref();
  return {
    onEvent: (event) => {
      const line = render(event);
      if (line === null) return;
      last = line;
      print(line);
      heartbeat.refresh();
    },
    end: async () => clearInterval(heartbeat),
  };
}

type Ending = { readonly how: 'done' } | { readonly how: 'failed' | 'skipped'; readonly reason: string };

/** What the display of one step waits for. */
interface StepDisplay {
  readonly started: Promise<void>;
  readonly ended: Promise<Ending>;
  start(): void;
  end(ending: Ending): void;
  say(text: string): void;
  output: (text: string) => void;
}

function stepDisplay(): StepDisplay {
  let start: () => void = () => undefined;
  let end: (ending: Ending) => void = () => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const ended = new Promise<Ending>((resolve) => (end = resolve));
  const display: StepDisplay = {
    started,
    ended,
    start: () => start(),
    // What was never started (skipped, not reached) would otherwise be waited for.
    end: (ending) => {
      start();
      end(ending);
    },
    say: (text) => display.output(text),
    output: () => undefined,
  };
  return display;
}

function liveList(): ApplyProgress {
  const displays = new Map<string, StepDisplay>();
  let running: Promise<unknown> = Promise.resolve();
  let current: StepDisplay | null = null;
  const begin = (steps: readonly { readonly id: string; readonly title: string }[]): void => {
    const tasks = steps.map(({ id, title }) => {
      const display = stepDisplay();
      displays.set(id, display);
      return {
        title: `${id}/${steps.length}  ${printable(title)}`,
        task: async (_: unknown, task: { title: string; output: string; skip(message?: string): void }): Promise<void> => {
          display.output = (text) => (task.output = text);
          await display.started;
          const since = Date.now();
          const ending = await display.ended;
          if (ending.how === 'done') task.title = `${task.title}  ${duration(Date.now() - since)}`;
          else if (ending.how === 'skipped') task.skip(`${task.title}  ${ending.reason}`);
          else throw new Error(ending.reason);
        },
      };
    });
    // Everything to standard error: standard output is for the result, and may be a file.
    const processOutput = new ProcessOutput(process.stderr, process.stderr);
    const list = new Listr(tasks, {
      concurrent: false,
      exitOnError: true,
      renderer: 'default',
      forceTTY: true,
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger({ useIcons: true, processOutput }), collapseErrors: false },
    });
    // The apply itself reports its failure; here it only colours the list.
    running = list.run().catch(() => undefined);
  };
  return {
    onEvent: (event) => {
      if (event.type === 'plan_started') return begin(event.steps);
      if (event.type === 'note') {
        if (current === null) process.stderr.write(`${printable(event.text)}\n`);
        else current.say(printable(event.text));
        return;
      }
      const display = event.step === null ? undefined : displays.get(event.step);
      if (event.type === 'step_started') {
        current = display ?? null;
        display?.start();
      }
      if (event.type === 'step_finished') display?.end({ how: 'done' });
      else if (event.type === 'step_skipped') display?.end({ how: 'skipped', reason: printable(event.reason) });
      else if (event.type === 'step_failed') display?.end({ how: 'failed', reason: printable(event.reason) });
      else if (event.type === 'lock_waiting') display?.say(waitingWords(event));
      else if (event.type === 'rows_done') display?.say(rowsWords(event));
    },
    end: async () => {
      for (const display of displays.values()) {
        display.end({ how: 'skipped', reason: 'not run' });
      }
      await running;
    },
  };
}
