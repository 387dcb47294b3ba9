import { nameKey } from '@hub/contract/given-names';
import type { PartnerId, PersonId } from '@hub/contract/ids';
import { type DemoRecords, demoGroups, demoTags, demoViews, type DemoScenario } from '../../demo-data/index.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { insertDemoRows, insertDemoViews } from './demo-record-queries.ts';
import { demoLedgerRows } from './demo-ledger-rows.ts';
import { addDays } from './demo-rules.ts';

export interface DemoCustomerRecords {
  id: string;
  customer: DemoScenario['customers'][number];
  records: DemoRecords;
}

/** What the invented customers bought and try, their tags and groups. Days are counted from the scenario's. */
export async function insertDemoRecords(
  tx: TenantTx,
  ctx: Ctx,
  { madeOn }: DemoScenario,
  customers: readonly DemoCustomerRecords[],
): Promise<void> {
  const partner_id = ctx.actor.partnerId;
  const created_at = ctx.clock.now();
  const day = (days: number): string => addDays(madeOn, days);
  const dayOrNull = (days: number | null): string | null => (days === null ? null : day(days));
  const tags = demoTags.map((tag) => ({
    ...tag,
    id: ctx.clock.id(),
    partner_id,
    name_key: nameKey(tag.name),
    created_at,
  }));
  const tagId = (kind: 'customer' | 'subscription', name: string): string =>
    tags.find((tag) => tag.kind === kind && tag.name === name)?.id ?? missing(name);

  const linesOf = (of: { subscription_id: string } | { trial_id: string }, id: string, lines: DemoLines) =>
    lines.map(({ product, ordered, assigned, overSince }) => ({
      partner_id,
      customer_id: id,
      subscription_id: null,
      trial_id: null,
      ...of,
      product,
      ordered,
      assigned,
      over_since: dayOrNull(overSince),
    }));
  const subscriptions = customers.flatMap(({ id, customer: { region }, records }) =>
    records.subscriptions.map((one) => ({ ...one, id: ctx.clock.id(), customer_id: id, region })),
  );
  const trials = customers.flatMap(({ id, records }) =>
    records.trials.map((one) => ({ ...one, id: ctx.clock.id(), customer_id: id })),
  );
  const customerTags = customers.flatMap(({ id, records }) =>
    records.tags.map((name) => ({ partner_id, customer_id: id, tag_id: tagId('customer', name) })),
  );
  const subscriptionTags = subscriptions.flatMap(({ id, customer_id, tags: names }) =>
    names.map((name) => ({ partner_id, customer_id, subscription_id: id, tag_id: tagId('subscription', name) })),
  );
  const held = new Set([...customerTags, ...subscriptionTags].map(({ tag_id }) => tag_id));
  const groups = demoGroups.map((group) => ({ ...group, id: ctx.clock.id() }));
  await insertDemoRows(tx, {
    subscription: subscriptions.map(({ id, customer_id, ...one }) => ({
      id,
      partner_id,
      customer_id,
      reference: one.reference,
      starts_on: day(one.startsOn),
      ends_on: dayOrNull(one.endsOn),
      term_months: one.termMonths,
      auto_renews: one.autoRenews,
      payment_state: one.paymentState,
      payment_since: day(one.paymentSince),
      setup_state: one.setupState,
      setup_since: day(one.setupSince),
      setup_note: one.setupNote,
      created_at,
    })),
    trial: trials.map(({ id, customer_id, reference, startsOn, endsOn }) => ({
      id,
      partner_id,
      customer_id,
      reference,
      starts_on: day(startsOn),
      ends_on: day(endsOn),
      created_at,
    })),
    license_line: [
      ...subscriptions.flatMap(({ id, customer_id, lines }) => linesOf({ subscription_id: id }, customer_id, lines)),
      ...trials.flatMap(({ id, customer_id, lines }) => linesOf({ trial_id: id }, customer_id, lines)),
    ],
    ...demoLedgerRows(ctx, { partnerId: partner_id, day }, subscriptions),
    // A tag without a holder does not exist.
    tag: tags.filter(({ id }) => held.has(id)),
    customer_tag: customerTags,
    subscription_tag: subscriptionTags,
    customer_group: groups.map(({ id, name, description, filter = null }) => ({
      id,
      partner_id,
      name,
      name_key: nameKey(name),
      description,
      filter,
      created_at,
    })),
    customer_group_member: groups.flatMap(({ id, isMember = () => false }) =>
      customers
        .filter(({ customer }) => isMember(customer))
        .map((one) => ({ partner_id, group_id: id, customer_id: one.id })),
    ),
  });
}

type DemoLines = DemoRecords['trials'][number]['lines'];

function missing(name: string): never {
  throw new Error(`The demo has no tag "${name}"; add it to demo-collections.ts`);
}

/** Views of the first administrator, shared with everybody and pinned for those who are there. Those that are there already stay. */
export async function addDemoViews(
  tx: TenantTx,
  ctx: Ctx,
  { partnerId, people }: { partnerId: PartnerId; people: readonly PersonId[] },
): Promise<void> {
  const [owner] = people;
  if (owner === undefined) return;
  const rows = demoViews.map(({ name, filter, sort, order, isPinned }) => ({
    isPinned,
    view: {
      id: ctx.clock.id(),
      partner_id: partnerId,
      person_id: owner,
      name,
      name_key: nameKey(name),
      filter,
      sort,
      sort_order: order,
      is_shared: true,
      created_at: ctx.clock.now(),
    },
  }));
  await insertDemoViews(tx, rows, people);
}
