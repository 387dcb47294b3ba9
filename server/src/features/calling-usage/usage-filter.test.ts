import { exportCallingUsage, getCallingUsage } from '@hub/contract/calling-usage';
import { GroupId } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { legRecord } from '../../testing/leg-record.ts';
import { usageHub } from '../../testing/usage-hub.ts';

const range = { region: 'us', from: '2026-11-01', to: '2026-11-30' } as const;

test('a filter of the customer list bounds rows, totals and export; groups are part of it', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin, partnerId } = await hub.partner();
  const [acme, zeta] = [await customer(admin, 'Acme', 'us'), await customer(admin, 'Zeta', 'us')];
  const north = GroupId.parse(hub.clock.id());
  await hub.asOwner(
    `insert into customer_group (id, partner_id, name, name_key, created_at) values ($1, $2, 'North', 'north', now())`,
    [north, partnerId],
  );
  await hub.asOwner('insert into customer_group_member (partner_id, group_id, customer_id) values ($1, $2, $3)', [
    partnerId,
    north,
    zeta.id,
  ]);
  const start_time = '2026-11-10T09:00:00.000Z';
  await load(admin, 'us', [
    legRecord({ org_uuid: acme.orgUuid, start_time }),
    legRecord({ org_uuid: zeta.orgUuid, start_time }),
    legRecord({ org_uuid: zeta.orgUuid, start_time }),
  ]);
  const ask = (filter: string) => admin.call(getCallingUsage, { query: { ...range, filter } });
  const all = await ask(' ');
  expect([all.items.map(({ customerName }) => customerName), all.rows]).toEqual([['Acme', 'Zeta'], 2]);
  for (const filter of ['group:North', 'zet', '-name:acme has:groups']) {
    const found = await ask(filter);
    expect([found.items.map(({ customerName }) => customerName), found.rowsUnfiltered]).toEqual([['Zeta'], 2]);
    expect(found.totals).toEqual(found.items[0]?.cells);
  }
  expect(await ask('group:South')).toMatchObject({ rows: 0, rowsUnfiltered: 2 });
  const { text } = await admin.raw({
    method: 'GET',
    url: `${exportCallingUsage.path}?region=us&from=${range.from}&to=${range.to}&filter=group%3ANorth`,
  });
  expect([text.includes('Zeta'), text.includes('Acme')]).toEqual([true, false]);
  expect(await admin.refusal(getCallingUsage, { query: { ...range, filter: 'status:' } })).toMatchObject({
    status: 400,
    code: 'filter_invalid',
  });
});
