import type { CustomerId } from '@hub/contract/ids';
import { Link } from '@tanstack/react-router';
import { createContext, type ComponentProps, use } from 'react';
import type { EngagementSearch } from './engagement-search.ts';

/** The customer on whose page calling engagement stands; undefined on its own page. */
export const ShownOn = createContext<CustomerId | undefined>(undefined);

/** What the customer's page keeps of a search: whose and where it is, the page says itself. */
export function ofTab({ region: _region, customerId: _customerId, filter: _filter, ...rest }: EngagementSearch) {
  return { ...rest, tab: 'calling' as const };
}

type Rest = Pick<ComponentProps<'a'>, 'children' | 'className' | 'title' | 'onClick' | 'aria-label' | 'aria-current'>;

/** A way within calling engagement: on its own page, or on that of the customer that shows it. */
export function EngagementLink({ search, hash, ...rest }: Rest & { search: EngagementSearch; hash?: string }) {
  const customerId = use(ShownOn);
  const to = hash === undefined ? {} : { hash };
  return customerId === undefined ? (
    <Link to="/analytics/calling-engagement" search={search} preload={false} {...to} {...rest} />
  ) : (
    <Link
      to="/customers/$customerId"
      params={{ customerId }}
      search={ofTab(search)}
      preload={false}
      resetScroll={false}
      {...to}
      {...rest}
    />
  );
}
