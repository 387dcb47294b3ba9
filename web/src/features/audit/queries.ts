import { listAuditEvents } from '@hub/contract/audit';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

export type AuditQuestion = Omit<Given<typeof listAuditEvents>['query'], 'after' | 'limit'>;

/** What the address of the log asks for. */
export interface AuditSearch {
  q?: string | undefined;
  action?: string | undefined;
  personId?: string | undefined;
  targetKind?: string | undefined;
  targetId?: string | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const pageRows = 100;

export function auditQuery(question: AuditQuestion) {
  return infiniteQueryOptions({
    queryKey: ['audit', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listAuditEvents,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

const noPage: string | null = null;
