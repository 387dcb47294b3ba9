import type { Product } from '@hub/contract/products';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { findHeld, type Held, heldParts, type HeldQuestion } from './trend-queries.ts';

interface Asked {
  store: RegionalStore;
  partnerId: string;
  /** By day, the mark that a row must have to count. */
  marks: ReadonlyMap<string, string>;
}

/** Of these days, what was held of a product; null: nothing is known of it. Days that are not told yet are not in it. */
export async function findStoredDays(
  { store, partnerId, marks }: Asked,
  product: Product | undefined,
): Promise<Map<string, Held | null>> {
  const days = [...marks.keys()].sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return new Map();
  const rows = await store.ask<{ of_day: string; mark: string; product: string } & Record<keyof Held, number>>(
    `SELECT toString(day) AS of_day, mark, product, ${heldParts.join(', ')} FROM @region.license_day
    WHERE partner_id = {partner:UUID} AND day BETWEEN {from:Date} AND {to:Date} AND product IN {products:Array(String)} ORDER BY product`,
    { parameters: { partner: partnerId, from, to, products: ['', ...(product === undefined ? [] : [product])] } },
  );
  const stored = new Map<string, Held | null>();
  for (const { of_day, mark, product: code, ...held } of rows)
    if (marks.get(of_day) === mark) stored.set(of_day, code === '' ? (stored.get(of_day) ?? null) : held);
  return stored;
}

/** Tells days and stores them. Not behind a running import. */
export async function storeDays(
  { store, partnerId, marks }: Asked,
  { question, excluded }: { question: HeldQuestion; excluded: readonly string[] },
): Promise<void> {
  const held = await findHeld(question, excluded);
  const told = question.ends.map((day) => [day, '', heldParts.map(() => 0)] as const);
  const rows = held.map(
    (row) => [question.ends[row.bucket] ?? '', row.code, heldParts.map((part) => row[part])] as const,
  );
  const values = [...told, ...rows].map(
    ([day, product, parts], at) =>
      `({partner:UUID}, '${day}', {mark${at}:String}, '${product}', ${parts.map(Number).join(', ')})`,
  );
  const markOf = Object.fromEntries([...told, ...rows].map(([day], at) => [`mark${at}`, marks.get(day) ?? '']));
  await store.run(
    `INSERT INTO @region.license_day (partner_id, day, mark, product, ${heldParts.join(', ')}) VALUES ${values.join(', ')}`,
    { parameters: { partner: partnerId, ...markOf }, isAside: true },
  );
}
