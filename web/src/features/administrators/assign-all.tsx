import { Checkbox } from '@mantine/core';
import type { AssignableCustomer } from '@hub/contract/administrators';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';

interface Page {
  items: AssignableCustomer[];
}
interface Fetched {
  data: { pages: Page[] } | undefined;
  hasNextPage: boolean;
  isError: boolean;
}
interface Query extends Fetched {
  fetchNextPage: () => Promise<Fetched>;
}

const itemsOf = ({ data }: Fetched): AssignableCustomer[] => data?.pages.flatMap((page) => page.items) ?? [];

/** Marks everything that the search finds, also what has not been loaded yet: the rest is loaded first. */
export function AssignAll({
  query,
  total,
  isMarked,
  onMark,
}: {
  query: Query;
  total: number;
  isMarked: (customer: AssignableCustomer) => boolean;
  onMark: (customers: readonly AssignableCustomer[], isAssigned: boolean) => void;
}) {
  const { t } = useText();
  const [isLoading, setIsLoading] = useState(false);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const rows = itemsOf(query);
  const marked = rows.filter(isMarked).length;
  const isAll = marked === total;
  const markAll = async () => {
    setIsLoading(true);
    let fetched: Fetched = query;
    while (fetched.hasNextPage && !isGone.current) {
      fetched = await query.fetchNextPage();
      if (fetched.isError) break;
    }
    if (isGone.current) return;
    setIsLoading(false);
    if (!fetched.isError) onMark(itemsOf(fetched), !isAll);
  };
  return (
    <div className="assign-all">
      <Checkbox
        label={t('assign.all')}
        checked={isAll}
        indeterminate={marked > 0 && !isAll}
        disabled={isLoading}
        onChange={() => void markAll()}
      />
      <span className="help num" aria-live="polite">
        {isLoading ? t('count.shown', { shown: rows.length, total }) : t('count.customers', { count: total })}
      </span>
    </div>
  );
}
