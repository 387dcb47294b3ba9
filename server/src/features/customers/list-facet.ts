import type { listCustomerFacet as endpoint } from '@hub/contract/customers';
import type { Query } from '@hub/contract/customer-query';
import { allOf } from '@hub/contract/customer-query';
import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import { searchText } from '@hub/contract/search-text';
import { type Ctx, inTenant, requirePermission, seesContracts } from '../access/index.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { dateIn } from '../statuses/index.ts';
import { findCondition } from './customers-filter-queries.ts';
import { readTimeZone } from './customers-queries.ts';
import { countWhere } from './customer-page-queries.ts';
import { countByGroup, countByValue, findGroups, mostGroups } from './facet-queries.ts';
import { readFilter } from './read-filter.ts';
import { requireRights } from './require-rights.ts';
import { findShown } from './shown-groups.ts';

type Asked = RequestOf<typeof endpoint>;
const most = 50;

/** Values as the language writes them, names as they are. Throws filter_invalid, filter_too_long, and as requireRights. */
export async function listCustomerFacet(
  ctx: Ctx,
  { field, filter, text }: Asked['params'] & Asked['query'],
): Promise<ReplyOf<typeof endpoint>> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.actor.partnerId);
    const asked = { timeZone, today: dateIn(timeZone, ctx.clock.now()), findsReferences: seesContracts(ctx.actor) };
    const query = readFilter(filter);
    requireRights(ctx, query);
    const others = without(query, field);
    const meaningOf = (one: Query) => findCondition(tx, one, asked);
    const condition = await meaningOf(others);
    const found =
      field === 'group'
        ? await countByGroup(tx, { groups: await shownGroups(tx, ctx), condition }, meaningOf)
        : await countByValue(tx, field, condition);
    if (field === 'status' || field === 'product') {
      const none: Query = { kind: 'choice', field, values: ['none'] };
      const customers = await countWhere(tx, await meaningOf(allOf([others, none])));
      if (customers > 0) found.push({ value: 'none', customers });
    }
    const part = searchText(text);
    const items = found
      .filter(({ value }) => searchText(value).includes(part))
      .toSorted((a, b) => b.customers - a.customers || a.value.localeCompare(b.value, 'und'));
    return { items: items.slice(0, most) };
  });
}

async function shownGroups(tx: TenantTx, ctx: Ctx): Promise<{ name: string }[]> {
  const groups = await findGroups(tx);
  const { isShownGroup } = await findShown(tx, ctx);
  return groups.filter(({ id }) => isShownGroup(id)).slice(0, mostGroups);
}

/** The other conditions of the outermost AND: the values of a field are offered as if none had been chosen. */
function without(query: Query, field: Asked['params']['field']): Query {
  const parts = query.kind === 'and' ? query.parts : [query];
  return allOf(parts.filter((part) => !isOf(part, field)));
}

function isOf(query: Query, field: string): boolean {
  if (query.kind === 'not') return isOf(query.part, field);
  if (query.kind === 'and' || query.kind === 'or' || query.kind === 'text') return false;
  return query.field === field;
}
