import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { inTenant } from './index.ts';

const tables = ['customer', 'import_batch', 'audit_event'] as const;

test('a query sees the rows of its partner only, whatever it asks for', async () => {
  const hub = await testHub();
  const [one, two] = [await hub.partner(), await hub.partner()];
  const names = await inTenant(hub.ctx(one.partnerId), (tx) => tx.selectFrom('customer').select('name').execute());
  expect(names).toEqual([{ name: one.name }]);
  const foreign = await inTenant(hub.ctx(one.partnerId), (tx) =>
    tx.selectFrom('customer').select('name').where('partner_id', '=', two.partnerId).execute(),
  );
  expect(foreign).toEqual([]);
});

test('a write reaches no row of another partner and puts none there', async () => {
  const hub = await testHub();
  const [one, two] = [await hub.partner(), await hub.partner()];
  const ctx = hub.ctx(one.partnerId);
  const updated = await inTenant(ctx, (tx) =>
    tx.updateTable('customer').set({ name: 'Mine now' }).where('partner_id', '=', two.partnerId).executeTakeFirst(),
  );
  expect(updated.numUpdatedRows).toBe(0n);
  const deleted = await inTenant(ctx, (tx) =>
    tx.deleteFrom('customer').where('partner_id', '=', two.partnerId).executeTakeFirst(),
  );
  expect(deleted.numDeletedRows).toBe(0n);
  const row = {
    id: hub.clock.id(),
    partner_id: two.partnerId,
    name: 'Planted',
    country: 'US',
    region: 'us',
    created_at: hub.clock.now(),
  };
  await expect(inTenant(ctx, (tx) => tx.insertInto('customer').values(row).execute())).rejects.toThrow(
    /row-level security/,
  );
  const moved = inTenant(ctx, (tx) => tx.updateTable('customer').set({ partner_id: two.partnerId }).execute());
  await expect(moved).rejects.toThrow(/row-level security/);
});

describe('the application’s role', () => {
  let client: pg.Client | undefined;
  afterEach(() => client?.end());

  async function connected(hub: TestHub): Promise<pg.Client> {
    client = new pg.Client(hub.applicationConnection);
    await client.connect();
    return client;
  }

  test.each(tables)('cannot query %s outside a partner’s transaction', async (table) => {
    const hub = await testHub();
    const { partnerId } = await hub.partner();
    const app = await connected(hub);
    await expect(app.query(`select count(*) from tenant.${table} where partner_id = $1`, [partnerId])).rejects.toThrow(
      /app\.partner_id/,
    );
    // Also on a connection of the pool that served somebody before: the setting ended with their transaction.
    await app.query('begin');
    await app.query("select set_config('app.partner_id', $1, true)", [partnerId]);
    await app.query('commit');
    await expect(app.query(`select count(*) from tenant.${table} where partner_id = $1`, [partnerId])).rejects.toThrow(
      /invalid input syntax for type uuid: ""/,
    );
  });

  test('owns nothing, bypasses nothing and can become nobody else', async () => {
    const hub = await testHub();
    const app = await connected(hub);
    const role = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    const owned = await app.query(
      'select relname from pg_class where relowner = (select oid from pg_roles where rolname = current_user)',
    );
    expect(owned.rows).toEqual([]);
    expect(
      (
        await app.query(
          'select roleid from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)',
        )
      ).rows,
    ).toEqual([]);
  });

  test.each([
    'alter table tenant.customer disable row level security',
    'drop policy tenant on tenant.customer',
    'create policy all_of_it on tenant.customer using (true)',
    'alter role current_user bypassrls',
    'set role hub_superuser',
    'truncate tenant.customer',
    'create table tenant.mine (id integer)',
    'delete from public.migration',
  ])('may not: %s', async (statement) => {
    const app = await connected(await testHub());
    await expect(app.query(statement)).rejects.toThrow(/must be owner|permission denied/);
  });

  test('gets an error, not the rows, where it switches the policies off', async () => {
    const app = await connected(await testHub());
    await app.query('set row_security = off');
    await expect(app.query('select * from tenant.customer')).rejects.toThrow(/row-level security/);
  });

  test('meets the policy on every table of a partner', async () => {
    const hub = await testHub();
    const rows = await hub.asOwner<{ name: string; policed: boolean; has_partner: boolean }>(`
      select c.relname as name, c.relrowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid) as policed,
        exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'partner_id' and a.attnotnull) as has_partner
      from pg_class c where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p') order by 1`);
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining([...tables]));
    expect(rows.filter((row) => !row.policed || !row.has_partner)).toEqual([]);
  });
});
