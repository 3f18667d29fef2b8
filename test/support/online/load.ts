/** All clients of the application in one of its forms, started and paused together. Knows nothing of plans. */
import { type ClientSpec, type Habit, type LoadClient, openClient, type Problem, type Sample } from './client.js';
import type { Model } from './model.js';
import { type Entity, newShape, type Shape, type Strategy } from './strategy.js';

export type Form = 'old' | 'new';

export interface Load {
  readonly clients: readonly LoadClient[];
  start(form: Form): void;
  pause(form: Form): Promise<void>;
  models(): readonly Model[];
  problems(): readonly Problem[];
  samples(): readonly Sample[];
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly rows: number;
  /** Transactions per second of a writer; readers do as many. */
  readonly rate: number;
  readonly seed: number;
}

interface Role {
  readonly name: string;
  readonly habit: Habit;
  readonly searchPath?: string;
  /** Of the rate; a reporter has its own. */
  readonly share: number;
}

const ROLES: readonly Role[] = [
  { name: 'writer', habit: 'writer', share: 1 },
  { name: 'elsewhere', habit: 'writer', searchPath: 'elsewhere, pg_temp', share: 1 },
  { name: 'transactions', habit: 'transactions', share: 0.5 },
  { name: 'prepared', habit: 'prepared', searchPath: '', share: 1 },
  { name: 'reader', habit: 'reader', share: 1 },
  { name: 'reporter', habit: 'reporter', share: 0 },
];

export async function openLoad(url: string, strategy: Strategy, options: LoadOptions): Promise<Load> {
  const forms: readonly Form[] = ['old', 'new'];
  const classes = ROLES.length * forms.length;
  const shapes: Readonly<Record<Form, (entity: Entity) => Shape>> = { old: (entity) => entity.old, new: newShape };
  const specs = forms.flatMap((form, at) =>
    ROLES.map((role, number): readonly [Form, ClientSpec] => {
      const residue = at * ROLES.length + number;
      const { habit, searchPath } = role;
      return [
        form,
        {
          ...{ url, habit, strategy, residue, classes, rows: options.rows },
          name: `${form}/${role.name}`,
          ...(searchPath === undefined ? {} : { searchPath }),
          shapeOf: shapes[form],
          // A report every three seconds, whatever the others do.
          rate: habit === 'reporter' ? 1 / 3 : options.rate * role.share,
          seed: options.seed * 1000 + residue,
        },
      ];
    }),
  );
  const opened: (readonly [Form, LoadClient])[] = [];
  for (const [form, spec] of specs) opened.push([form, await openClient(spec)]);
  const clients = opened.map(([, client]) => client);
  const of = (form: Form): readonly LoadClient[] => opened.filter(([each]) => each === form).map(([, client]) => client);
  return {
    clients,
    start: (form) => {
      for (const client of of(form)) client.start();
    },
    pause: async (form) => void (await Promise.all(of(form).map((client) => client.pause()))),
    models: () => clients.flatMap((client) => client.models),
    problems: () => clients.flatMap((client) => client.problems),
    samples: () => clients.flatMap((client) => client.samples),
    close: async () => void (await Promise.all(clients.map((client) => client.close()))),
  };
}
