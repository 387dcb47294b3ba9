import { expect, test } from 'vitest';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countLegs, findLeg, findLegs } from './call-leg-queries.ts';
import { findPathLegs } from './call-path-queries.ts';
import { measureKeys, measuresOf, mediaMeasures, minutesOf, queueMeasures } from './measures.ts';
import { findUsage } from './usage-queries.ts';

const scope = { partnerId: 'a1a1a1a1-0000-4000-8000-000000000001' } as CustomerScope;
const range = { from: '2026-11-01', to: '2026-11-30' };
const visible = { open: [], superseding: [], undone: [], newest: 7, version: '7-0', dataAsOf: null, hasOwn: false };

/** A store that answers nothing and keeps what it was asked. */
function listeningStore(): { store: RegionalStore; asked: string[] } {
  const asked: string[] = [];
  const ask = (sql: string, { parameters = {} }: { parameters?: object } = {}): Promise<never[]> => {
    asked.push(`${sql}\n-- ${JSON.stringify(parameters)}`);
    return Promise.resolve([]);
  };
  return { store: { region: 'us', ask } as unknown as RegionalStore, asked };
}

test('the SQL of calling usage, for review', async () => {
  const { store, asked } = listeningStore();
  const cell = { orgUuid: 'b2b2b2b2-0000-4000-8000-000000000002', location: 'Sofia' };
  const after = { started: '2026-11-02T09:30:00.000Z', reportId: 'c3c3c3c3-0000-4000-8000-000000000003' };
  const facts = { store, scope, range, visible, policy: 'documented', hasRollups: true } as const;
  await findUsage(facts);
  await findUsage(
    {
      ...facts,
      scope: { ...scope, scopeKey: 'd4d4d4d4-0000-4000-8000-000000000004' },
      visible: { ...visible, open: [5, 7], superseding: [3], undone: [5] },
      policy: 'any_threshold',
      hasRollups: false,
    },
    cell,
  );
  await findLegs(facts, { ...cell, measure: 'queueCalls', q: "O'Brien" }, { after, limit: 101 });
  await countLegs(facts, { ...cell, measure: 'poorLegs' });
  await countLegs(
    { ...facts, range: { ...range, zone: 'Europe/Sofia' } },
    { measure: 'parkedCalls', among: { are: 'out', orgs: [cell.orgUuid] }, hasQueues: true },
  );
  await countLegs(facts, { ...cell, measure: 'queueStatistics', queue: 'Sales' });
  await findLeg(store, scope, range, visible, after.reportId);
  await findPathLegs({ store, scope, visible, day: range.from, reportId: after.reportId });
  await expect(`${asked.join('\n\n')}\n`).toMatchFileSnapshot('./usage-queries.snap.sql');
});

test('every measure is computed from its feed', () => {
  const others = [...Object.keys(mediaMeasures('documented')), ...Object.keys(queueMeasures)];
  expect([...measuresOf('call_history'), ...others].sort()).toEqual([...measureKeys].sort());
});

test.each([
  [0, 0],
  [29, 0],
  [30, 1],
  [89, 1],
  [90, 2],
  [3600, 60],
])('%i s are %i min', (seconds, minutes) => {
  expect(minutesOf(seconds)).toBe(minutes);
});
