import { expect, test } from 'vitest';
import { engineFault } from './engine-version.ts';
import { migrateRegional } from './migrate-regional.ts';
import type { RegionalStore } from './regional-store.ts';

test('an engine older than the oldest that is supported is named', () => {
  expect(engineFault('18.16.1')).toBe('ClickHouse 18.16.1 is too old: Partner Hub needs 25.8 or newer');
  expect(engineFault('25.7.9.1')).toContain('too old');
  for (const version of ['25.8.1.5101', '25.10.1', '26.1.1.1', '26.7.2.1'])
    expect(engineFault(version)).toBeUndefined();
});

test('nothing is asked of such an engine but its version', async () => {
  const asked: string[] = [];
  const ask = async (sql: string): Promise<unknown[]> => {
    asked.push(sql);
    return [{ version: '18.16.1' }];
  };
  const old = { region: 'eu', database: 'hub_eu', ask } as unknown as RegionalStore;
  await expect(migrateRegional(old)).rejects.toThrow(
    'The store of region eu cannot be used: ClickHouse 18.16.1 is too old',
  );
  expect(asked).toEqual(['SELECT version() AS version']);
});
