import { inflateRawSync } from 'node:zlib';
import * as api from '@hub/contract/customers';
import type { GivenOf } from '@hub/contract/endpoint';
import { expect, test } from 'vitest';
import { fillCustomers } from '../../testing/customer-world.ts';
import { testHub } from '../../testing/test-hub.ts';
import { urlOf } from '../../testing/test-client.ts';

async function filled() {
  const hub = await testHub();
  const partner = await hub.partner();
  await fillCustomers(hub, partner.partnerId, 40);
  const dangerous = {
    name: '=HYPERLINK("http://evil.test")',
    country: 'US',
    externalId: '@SUM(A1)',
    contact: { name: 'A & <B>', email: '', phone: '+1 (555) 010' },
  };
  await partner.admin.call(api.createCustomer, { body: dangerous });
  return { hub, ...partner };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const question = { filter: '-region:ca', sort: 'unassigned', order: 'desc' } as const;

test('CSV and workbook hold what the list shows, in its order; the log says what left', async () => {
  const { hub, admin, partnerId, adminId } = await filled();
  const { items } = await admin.call(api.listCustomers, { query: { ...question, limit: 200 } });
  const ids = items.map(({ id }) => id);
  const { text, fileName } = await admin.download(api.exportCustomersCsv, { query: question });
  expect(fileName).toBe('Customers_2026-12-01.csv');
  expect(
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => uuid.exec(line)?.[0]),
  ).toEqual(ids);
  const sheet = await sheetOf(hub, admin.credentials.cookie ?? '', question);
  expect(
    [...sheet.matchAll(new RegExp(`<row><c t="inlineStr"><is><t xml:space="preserve">(${uuid.source})`, 'g'))].map(
      ([, id]) => id,
    ),
  ).toEqual(ids);
  const exports = (await hub.auditOf(partnerId)).filter(({ action }) => action === 'customers.export');
  expect(exports).toMatchObject([
    { actor_person_id: adminId, after: { format: 'csv', ...question, rows: ids.length } },
    { after: { format: 'xlsx', rows: ids.length } },
  ]);
});

test('customers named one by one leave in the order asked for; others and those of another partner do not', async () => {
  const { hub, admin, partnerId } = await filled();
  const other = await hub.partner();
  const { items } = await admin.call(api.listCustomers, { query: { sort: 'name', limit: 200 } });
  const foreign = (await other.admin.call(api.listCustomers, { query: {} })).items.map(({ id }) => id);
  const chosen = items.filter((_, at) => at % 3 === 0).map(({ id }) => id);
  const body = { customerIds: [...chosen.toReversed(), ...foreign], sort: 'name' as const };
  const { text, fileName } = await admin.download(api.exportChosenCustomersCsv, { body });
  expect(fileName).toBe('Customers_2026-12-01.csv');
  expect(
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => uuid.exec(line)?.[0]),
  ).toEqual(chosen);
  const workbook = await admin.download(api.exportChosenCustomersXlsx, { body });
  expect(workbook.fileName).toBe('Customers_2026-12-01.xlsx');
  const exports = (await hub.auditOf(partnerId)).filter(({ action }) => action === 'customers.export');
  expect(exports).toMatchObject([
    { after: { format: 'csv', customers: body.customerIds.length, rows: chosen.length } },
    { after: { format: 'xlsx', rows: chosen.length } },
  ]);
});

test('in steps the same file comes, with how far it is; the log says so once', async () => {
  const { hub, admin, partnerId } = await filled();
  const other = await hub.partner();
  const { text } = await admin.download(api.exportCustomersCsv, { query: question });
  const { filter, ...order } = question;
  const inSteps = async (body: GivenOf<typeof api.exportCustomersInSteps>['body']) => {
    const { text: lines, fileName } = await admin.download(api.exportCustomersInSteps, { body });
    const steps = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as api.FileStep);
    return { fileName, steps, file: Buffer.concat(steps.map(({ piece }) => Buffer.from(piece, 'base64'))) };
  };
  const csv = await inSteps({ format: 'csv', selection: { filter }, ...order });
  expect(csv.fileName).toBe('Customers_2026-12-01.csv');
  expect(csv.file.toString()).toBe(`\uFEFF${text.replace(/^\uFEFF/, '')}`);
  const rows = text.split('\r\n').length - 2;
  expect(csv.steps.map((step) => [step.rows, step.of, step.isWhole])).toEqual([
    [0, rows, false],
    [rows, rows, false],
    [rows, rows, true],
  ]);
  const foreign = (await other.admin.call(api.listCustomers, { query: {} })).items.map(({ id }) => id);
  const { items } = await admin.call(api.listCustomers, { query: { limit: 3 } });
  const customerIds = [...items.map(({ id }) => id), ...foreign];
  const xlsx = await inSteps({ format: 'xlsx', selection: { customerIds } });
  expect(xlsx.fileName).toBe('Customers_2026-12-01.xlsx');
  expect(xlsx.file.subarray(0, 2).toString()).toBe('PK');
  expect(xlsx.steps.at(-1)).toMatchObject({ rows: 3, of: 3, isWhole: true });
  const exports = (await hub.auditOf(partnerId)).filter(({ action }) => action === 'customers.export');
  expect(exports).toMatchObject([
    { after: { format: 'csv', ...question, rows } },
    { after: { format: 'csv', ...question, rows } },
    { after: { format: 'xlsx', customers: customerIds.length, rows: 3 } },
  ]);
});

test('nothing in a cell is run', async () => {
  const { hub, admin } = await filled();
  const query = { filter: 'external:"@SUM"' };
  const { text } = await admin.download(api.exportCustomersCsv, { query });
  expect(text).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
  expect(text).toContain(`,'@SUM(A1),`);
  expect(text).toContain(',+1 (555) 010,');
  const sheet = await sheetOf(hub, admin.credentials.cookie ?? '', query);
  expect(sheet).toContain('<t xml:space="preserve">=HYPERLINK(&quot;http://evil.test&quot;)</t>');
  expect(sheet).toContain('A &amp; &lt;B&gt;');
  expect(sheet).not.toContain('<f>');
});

test('the workbook has a header that stays, dates that are dates and numbers that are numbers', async () => {
  const { hub, admin, partnerId } = await filled();
  await hub.asOwner(
    "update customer set last_sign_in_on = '2026-11-30', has_sign_ins = true, licenses_ordered = 1234 where partner_id = $1",
    [partnerId],
  );
  const sheet = await sheetOf(hub, admin.credentials.cookie ?? '', {});
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<c s="4"><v>1234</v></c>');
  expect(sheet).toContain('<c s="2"><v>46356</v></c>'); // 2026-11-30
  expect(sheet).toMatch(/<autoFilter ref="A1:Y43"\/><\/worksheet>$/);
});

test('who never signed in is told from those of whom nothing is known', async () => {
  const { hub, admin, partnerId } = await filled();
  await hub.asOwner("update customer set last_sign_in_on = null, has_sign_ins = region = 'eu' where partner_id = $1", [
    partnerId,
  ]);
  const cells = async (filter: string) =>
    (await admin.download(api.exportCustomersCsv, { query: { filter } })).text.trim().split(/\r?\n/).slice(1);
  const [known, unknown] = [await cells('region:eu'), await cells('-region:eu')];
  expect(known.length * unknown.length).toBeGreaterThan(0);
  expect(known.filter((row) => row.includes(',Never,'))).toEqual(known);
  expect(unknown.filter((row) => row.includes('Never'))).toEqual([]);
  expect(await sheetOf(hub, admin.credentials.cookie ?? '', {})).toContain('>Never<');
});

test('a filter that cannot be read is refused before a byte is sent', async () => {
  const { admin } = await filled();
  expect(await admin.refusal(api.exportCustomersXlsx, { query: { filter: '(' } })).toMatchObject({
    code: 'filter_invalid',
  });
});

async function sheetOf(
  hub: Awaited<ReturnType<typeof testHub>>,
  cookie: string,
  query: Record<string, string>,
): Promise<string> {
  const reply = await hub.app.inject({
    method: 'GET',
    url: urlOf(api.exportCustomersXlsx, { query }),
    headers: { cookie },
  });
  expect(reply.statusCode).toBe(200);
  const files = unzipped(reply.rawPayload);
  expect([...files.keys()]).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  return files.get('xl/worksheets/sheet1.xml') ?? '';
}

/** By the list at its end, as everybody reads a ZIP file. */
function unzipped(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, names] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString('utf8', at + 46, at + 46 + names);
    const head = bytes.readUInt32LE(at + 42);
    const begin = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const plain = inflateRawSync(bytes.subarray(begin, begin + packed));
    expect(plain).toHaveLength(bytes.readUInt32LE(at + 24));
    files.set(name, plain.toString('utf8'));
    at += 46 + names + bytes.readUInt16LE(at + 30);
  }
  return files;
}
