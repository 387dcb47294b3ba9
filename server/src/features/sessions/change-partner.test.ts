import { listCustomers } from '@hub/contract/customers';
import { changePartner, getSession } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';

test('a full administrator renames the partner, and with it its own organization', async () => {
  const hub = await testHub();
  const { admin, readOnly, partnerId } = await hub.partner({ name: 'Halyard' });
  const other = await hub.partner({ name: 'Halyard' });
  await admin.call(changePartner, { body: { name: '  Northlight ' } });
  expect((await readOnly.call(getSession)).partner.name).toBe('Northlight');
  const own = async (client: typeof admin): Promise<string[]> =>
    (await client.call(listCustomers, { query: { limit: 50 } })).items.map(({ name }) => name);
  expect(await own(admin)).toEqual(['Northlight']);
  expect(await own(other.admin)).toEqual(['Halyard']);
  expect((await hub.auditOf(partnerId)).at(-1)).toMatchObject({
    action: 'sessions.change_partner',
    before: { name: 'Halyard' },
    after: { name: 'Northlight' },
  });
  expect(await readOnly.refusal(changePartner, { body: { name: 'Mine' } })).toMatchObject({
    code: 'permission_denied',
  });
  expect(await admin.refusal(changePartner, { body: { name: ' ' } })).toMatchObject({ code: 'invalid_request' });
});

test('an own organization that has a name of its own keeps it', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner({ name: 'Halyard' });
  await hub.asOwner("update customer set name = 'Halyard Ltd' where partner_id = $1 and kind = 'own'", [partnerId]);
  await admin.call(changePartner, { body: { name: 'Northlight' } });
  const { items } = await admin.call(listCustomers, { query: { limit: 50 } });
  expect(items.map(({ name }) => name)).toEqual(['Halyard Ltd']);
});
