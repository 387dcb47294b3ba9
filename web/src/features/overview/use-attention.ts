import type { CustomerRow } from '@hub/contract/customers';
import { useQueries, useQuery } from '@tanstack/react-query';
import { countQuery, customersQuery, type Sign } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { attentionReasons } from './attention.ts';

const shown = 3; // of a reason; the list has the others

export interface AttentionGroup {
  status: Sign['status'];
  filter: string;
  rows: readonly CustomerRow[];
  /** The date in the partner's zone. */
  today: string;
  /** Undefined: not counted yet. */
  count: number | undefined;
}

interface Attention {
  /** Those of whom anything is told, the most urgent first. */
  groups: AttentionGroup[];
  /** How many customers there are in all of the groups; undefined: not counted yet. */
  customers: number | undefined;
  isComing: boolean;
  error: Error | null;
  retry: () => void;
}

/** Customers by the reason why they need somebody, as the person may see them. */
export function useAttention(): Attention {
  const { may } = useSession();
  const reasons = attentionReasons.filter(({ isOfCalling }) => isOfCalling !== true || may('calling_usage.read'));
  const lists = useQueries({ queries: reasons.map(({ filter }) => customersQuery({ filter, limit: shown })) });
  const counts = useQueries({
    queries: reasons.map(({ filter }, at) => {
      const next = lists[at]?.data?.next ?? null;
      return { ...countQuery(filter), enabled: next !== null };
    }),
  });
  const everybody = useQuery(countQuery(reasons.map(({ filter }) => filter).join(' OR ')));
  const groups = reasons.flatMap(({ status, filter }, at): AttentionGroup[] => {
    const list = lists[at]?.data;
    if (list === undefined || list.items.length === 0) return [];
    const count = list.next === null ? list.items.length : counts[at]?.data?.matching;
    return [{ status, filter, rows: list.items, today: list.today, count }];
  });
  return {
    groups,
    customers: everybody.data?.matching,
    isComing: lists.some(({ isPending }) => isPending),
    error: lists.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const { error, refetch } of lists) if (error !== null) void refetch();
    },
  };
}
