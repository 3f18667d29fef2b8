/** `npm run demo`: adopts a real schema on a PostgreSQL that it starts itself, changes it, plans, signs, refuses, applies; every exit code is checked. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../src/scratch/embedded.js';
import { countRows, countWords, openShop, query } from './demo/shop.js';
import { type Terminal, terminal, Unexpected } from './demo/terminal.js';

/** Scripts are compiled to build/scripts. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const executable = join(root, 'dist/bin.js');
const MAJOR = 15;

const ENVIRONMENT = `
environments:
  production:
    url: { env: PAGILA_URL }
    require_signature: true
    trusted_keys:
      - { name: release, file: release.pub }
`;

const LOYALTY = `CREATE TABLE public.loyalty_tier (
  tier_id smallint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  discount numeric(3,2) DEFAULT 0 NOT NULL CHECK (discount BETWEEN 0 AND 0.5)
);
`;

/** What is different in the shop that is wanted. */
function changeFiles(shop: Terminal): void {
  const customer = 'schemas/public/tables/customer.sql';
  shop.say('A column gets a better name: the hint says that it is the same one. Another gets a default, a third must not be null.');
  shop.edit(
    customer,
    ['  activebool boolean DEFAULT true NOT NULL,', '  -- schemactl: renamed_from activebool\n  is_active boolean DEFAULT true NOT NULL,'],
    [
      '  email text,',
      '  email text NOT NULL,\n  loyalty_points integer DEFAULT 0 NOT NULL,\n  tier_id smallint REFERENCES public.loyalty_tier (tier_id),',
    ],
    [
      'CREATE INDEX idx_last_name ON public.customer (last_name);',
      'CREATE INDEX idx_last_name ON public.customer (last_name, first_name);',
    ],
  );
  shop.append('schemas/public/tables/loyalty_tier.sql', LOYALTY);
  shop.say('The view follows, and shows one column more.');
  shop.edit(
    'schemas/public/views/customer_list.sql',
    ['cu.activebool', 'cu.is_active'],
    ['    cu.store_id AS sid', '    cu.store_id AS sid,\n    cu.loyalty_points'],
  );
  shop.say('An index and a check for rentals, and the foreign key that stores never had.');
  shop.append(
    'schemas/public/tables/rental.sql',
    '\nCREATE INDEX rental_return_date_idx ON public.rental (return_date);\n\nALTER TABLE public.rental ADD CONSTRAINT returned_later CHECK (return_date > rental_date);\n',
  );
  shop.append(
    'schemas/public/tables/store.sql',
    '\nALTER TABLE public.store ADD CONSTRAINT store_manager_staff_id_fkey FOREIGN KEY (manager_staff_id) REFERENCES public.staff (staff_id);\n',
  );
  shop.say('The payments of January 2022 are not kept any longer: their partition goes.');
  shop.remove('schemas/public/tables/payment_p2022_01.sql');
}

async function show(shop: Terminal, folder: string, url: string): Promise<void> {
  const before = await countRows(url);
  shop.say(`A PostgreSQL ${MAJOR} of our own, with the Pagila schema and some rows:\n${countWords(before)}`);
  shop.say('Adopt it: files for what is there, and the proof that they say the same.');
  await shop.schemactl('init --url "$PAGILA_URL" --ci none', 0, 'No changes. pagila matches the desired state');

  shop.say('A key to sign plans with; production takes only plans that it signed.');
  await shop.schemactl('keygen --out release', 0);
  shop.append('schemactl.yaml', ENVIRONMENT);

  changeFiles(shop);

  shop.say('Plan. What would be lost blocks it: exit 3, with the rows at stake and the flag that allows exactly this.');
  const plan = 'plan --env production';
  const flag = '--allow drop-table:public.payment_p2022_01';
  const january = (await query<{ n: number }>(url, 'select count(*)::int as n from public.payment_p2022_01'))[0]?.n ?? 0;
  await shop.schemactl(`${plan} --out plan.json`, 3, flag, `about ${january.toLocaleString('en')} rows`, 'the plan is not saved');

  shop.say('Allowed, and signed.');
  const allowed = `${plan} ${flag} --sign release --out`;
  await shop.schemactl(`${allowed} plan.json`, 0, 'Saved plan.json');
  await shop.schemactl('show plan.json --sql', 0, 'ALTER TABLE public.customer RENAME COLUMN activebool TO is_active');
  await shop.schemactl('verify plan.json --env production', 0, 'signed by release');

  shop.say('Someone alters the plan by hand: exit 8.');
  writeFileSync(
    join(folder, 'altered.json'),
    readFileSync(join(folder, 'plan.json'), 'utf8').replace('loyalty_points integer', 'loyalty_points bigint'),
  );
  await shop.schemactl('verify altered.json --env production', 8, 'the plan was changed after it was signed');

  const behind = 'ALTER TABLE public.film ALTER COLUMN rental_rate SET DEFAULT 0.99';
  shop.say(`Someone alters the database behind the back of the plan: exit 4, and nothing is touched.\n    ${behind};`);
  await query(url, behind);
  await shop.schemactl('apply plan.json --env production --yes', 4, 'default:public.film.rental_rate was changed');
  const untouched = await query(url, `select from pg_attribute where attrelid = 'public.customer'::regclass and attname = 'activebool'`);
  shop.check('the column still has its old name', untouched.length === 1);

  shop.say('Plan again: that change is undone along the way. Apply; apply once more; plan once more.');
  await shop.schemactl(`${allowed} again.json`, 0, 'rental_rate');
  await shop.schemactl('apply again.json --env production --yes', 0, /^Applied \d+ steps to /m);
  await shop.schemactl('apply again.json --env production --yes', 0, 'lready applied');
  await shop.schemactl(`${plan} --detailed-exitcode`, 0, /^No changes\./m);
  await checkRows(shop, url, before, january);
}

async function checkRows(shop: Terminal, url: string, before: Readonly<Record<string, number>>, january: number): Promise<void> {
  const after = await countRows(url);
  shop.say(`The rows afterwards: ${countWords(after)}`);
  for (const [table, rows] of Object.entries(before)) {
    const left = table === 'payment' ? rows - january : rows;
    shop.check(`${left} rows in ${table}`, after[table] === left);
  }
  const inactive = await query(url, 'select from public.customer where not is_active and loyalty_points = 0');
  shop.check('60 customers are inactive as before, under the new name', inactive.length === 60);
}

async function main(): Promise<void> {
  if (!existsSync(executable)) throw new Unexpected('dist/bin.js is missing: run npm run build');
  const started = Date.now();
  const others = leftovers();
  // The socket of a server must fit into 104 bytes, and a server that root starts runs as somebody else, who must get in.
  const folder = mkdtempSync(join(tmpdir().length > 40 ? '/tmp' : tmpdir(), 'schemactl-demo-'));
  await chmod(folder, 0o755);
  const [project, cacheDir, temporary] = ['pagila', 'cache', 'tmp'].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [project, temporary]) await mkdir(path);
  process.env.TMPDIR = temporary;
  // The server ends with us.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      // Nobody listens any more: it ends us as it would have at once.
      process.kill(process.pid, signal);
    });
  }
  try {
    const server = await startEmbedded({ major: MAJOR, port: 'free', cacheDir });
    try {
      const url = await openShop(server.url, join(root, 'examples/pagila/schema.sql'));
      const inherited = Object.entries(process.env).filter(
        ([name]) => !/^(PG|SCHEMACTL_|DATABASE_URL|FORCE_COLOR|GITHUB_ACTIONS)/.test(name),
      );
      const env = {
        ...(Object.fromEntries(inherited) as Record<string, string>),
        PAGILA_URL: url,
        SCHEMACTL_CACHE_DIR: cacheDir,
        TMPDIR: temporary,
      };
      const hide = (text: string): string => text.replaceAll(new URL(url).password, '***');
      const shop = terminal({ folder: project, executable, env, hide });
      shop.say(`In ${project}, with PAGILA_URL=${url}`);
      await show(shop, project, url);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const path of leftovers()) if (!others.includes(path)) removeEmpty(path);
  }
  if (existsSync(folder)) throw new Unexpected(`${folder} is still there`);
  process.stdout.write(
    `\nAll as expected, in ${((Date.now() - started) / 1000).toFixed(1)} s. The server is stopped and its folder removed.\n`,
  );
}

/** Where scratch servers put their folders, beside the temporary folder that they are told of. */
function leftovers(): readonly string[] {
  return ['/dev/shm', '/tmp'].flatMap((path) => {
    try {
      return readdirSync(path)
        .filter((name) => name.startsWith('schemactl-'))
        .map((name) => join(path, name));
    } catch {
      return [];
    }
  });
}

/** One that is not empty is somebody else's, who began meanwhile. */
function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    return;
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `\nThe demo failed. ${error instanceof Unexpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
