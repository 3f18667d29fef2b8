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
  return process.stderr.isTTY ? liveList() : lines();
}

function lines(): ApplyProgress {
  const render = applyLines();
  const print = (text: string): boolean => process.stderr.write(`${timed(new Date(), text)}\n`);
  let last = 'still working';
  const heartbeat = setInterval(() => print(`still running: ${last}`), HEARTBEAT_MS);
  heartbeat.unref();
  return {
    onEvent: (event) => {
      last = render(event);
      print(last);
      heartbeat.refresh();
    },
    end: async () => clearInterval(heartbeat),
  };
}

/** What the display of one step waits for. */
interface StepDisplay {
  readonly started: Promise<void>;
  readonly ended: Promise<string | null>;
  start(): void;
  /** Null: done; else why it failed or was not reached. */
  end(reason: string | null): void;
  say(text: string): void;
  output: (text: string) => void;
}

function stepDisplay(): StepDisplay {
  let start: () => void = () => undefined;
  let end: (reason: string | null) => void = () => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const ended = new Promise<string | null>((resolve) => (end = resolve));
  const display: StepDisplay = { started, ended, start, end, say: (text) => display.output(text), output: () => undefined };
  return display;
}

function liveList(): ApplyProgress {
  const displays = new Map<string, StepDisplay>();
  let running: Promise<unknown> = Promise.resolve();
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
          const reason = await display.ended;
          if (reason === null) task.title = `${task.title}  ${duration(Date.now() - since)}`;
          else throw new Error(reason);
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
      if (event.type === 'note') return;
      const display = event.step === null ? undefined : displays.get(event.step);
      if (event.type === 'step_started') display?.start();
      else if (event.type === 'step_finished' || event.type === 'step_skipped') {
        display?.start();
        display?.end(null);
      } else if (event.type === 'step_failed') display?.end(printable(event.reason));
      else if (event.type === 'lock_waiting') display?.say(waitingWords(event));
      else if (event.type === 'rows_done') display?.say(rowsWords(event.done, event.total));
    },
    end: async () => {
      for (const display of displays.values()) {
        display.start();
        display.end('not reached');
      }
      await running;
    },
  };
}
