import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope } from '../features/access/index.ts';
import { recordColumns } from '../features/imports/feeds/feed.ts';
import { countedWhere, feeds, keyColumn, readVisibility } from '../features/imports/index.ts';

/** Every record that counts or waits for its customer, with all of its fields, a line each, in their order; not which import brought it. */
export async function canonicalFacts(ctx: Ctx, region: RegionCode): Promise<string> {
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const lines: string[] = [];
  for (const feed of feeds) {
    const columns = ['emptied', ...recordColumns(feed)].join(', ');
    const counted = countedWhere(scope, visible, keyColumn(feed));
    const facts = await store.ask<object>(`SELECT ${columns} FROM @region.${feed.table} WHERE ${counted.sql}`, {
      parameters: counted.parameters,
    });
    const held = await store.ask<object>(
      `SELECT ${columns} FROM @region.${feed.held} WHERE batch NOT IN {open:Array(UInt32)}`,
      { parameters: { open: visible.open } },
    );
    lines.push(...facts.map((row) => `${feed.table} ${JSON.stringify(row)}`));
    lines.push(...held.map((row) => `${feed.held} ${JSON.stringify(row)}`));
  }
  return `${lines.toSorted().join('\n')}\n`;
}
