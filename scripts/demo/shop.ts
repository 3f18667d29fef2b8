/** The database of the demo: a film rental shop with rows in it; knows nothing of schemactl. */
import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Customers rent films and pay for them; every month from January to June 2022 has payments, each in its partition. */
const ROWS = `
  insert into public.language (name) values ('English'), ('Turkish');
  insert into public.country (country) values ('Turkey'), ('Canada');
  insert into public.city (city, country_id) values ('Istanbul', 1), ('Lethbridge', 2);
  insert into public.address (address, district, city_id, phone) select n || ' Main Street', 'Centre', 1 + n % 2, '555-' || n from generate_series(1, 20) n;
  insert into public.store (manager_staff_id, address_id) values (1, 1), (2, 2);
  insert into public.staff (first_name, last_name, address_id, store_id, username) values ('Mike', 'Hillyer', 3, 1, 'mike'), ('Jon', 'Stephens', 4, 2, 'jon');
  insert into public.customer (store_id, first_name, last_name, email, address_id, activebool)
    select 1 + n % 2, 'First ' || n, 'Last ' || n, 'customer' || n || '@example.org', 1 + n % 20, n % 10 <> 0 from generate_series(1, 600) n;
  insert into public.film (title, description, language_id, rental_rate)
    select 'Film ' || n, 'The story of ' || n, 1 + n % 2, 0.99 + n % 4 from generate_series(1, 1000) n;
  insert into public.inventory (film_id, store_id) select 1 + n % 1000, 1 + n % 2 from generate_series(1, 2000) n;
  insert into public.rental (rental_date, inventory_id, customer_id, return_date, staff_id)
    select timestamptz '2022-01-01 12:00+00' + n * interval '41 minutes', 1 + n % 2000, 1 + n % 600,
           timestamptz '2022-01-04 12:00+00' + n * interval '41 minutes', 1 + n % 2 from generate_series(1, 6000) n;
  insert into public.payment (customer_id, staff_id, rental_id, amount, payment_date)
    select customer_id, staff_id, rental_id, 2.99, rental_date from public.rental;
  refresh materialized view public.rental_by_category;
  analyze;
`;

export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = (await client.query<Row>(sql)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
  } finally {
    await client.end();
  }
}

/** A new database with the schema and its rows; gives its URL. */
export async function openShop(server: string, schemaFile: string): Promise<string> {
  await query(server, 'create database pagila template template0');
  const url = new URL(server);
  url.pathname = '/pagila';
  await query(url.href, readFileSync(schemaFile, 'utf8'));
  await query(url.href, ROWS);
  return url.href;
}

export type Counts = Readonly<Record<string, number>>;

const COUNTED = ['customer', 'film', 'inventory', 'rental', 'payment', 'staff', 'store'] as const;

export async function countRows(url: string): Promise<Counts> {
  const columns = COUNTED.map((table) => `(select count(*)::int from public.${table}) as ${table}`);
  return (await query<Record<string, number>>(url, `select ${columns.join(', ')}`))[0] ?? {};
}

export const countWords = (counts: Counts): string =>
  Object.entries(counts)
    .map(([table, rows]) => `${table} ${rows}`)
    .join(', ');
