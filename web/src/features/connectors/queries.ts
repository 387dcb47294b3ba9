import * as api from '@hub/contract/connectors';
import { linkCustomer } from '@hub/contract/customers';
import type { ConnectorId, CustomerId, OrgUuid } from '@hub/contract/ids';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

const everyMilliseconds = 10_000; // a run changes what is shown without anybody's doing

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => call(api.listConnectors, {}, signal),
  refetchInterval: everyMilliseconds,
});

export type Which = 'all' | 'failing' | 'unlinked';

export const organizationsQuery = (connectorId: ConnectorId, { q, which }: { q: string; which: Which }) =>
  infiniteQueryOptions({
    queryKey: ['connectors', connectorId, 'organizations', q, which],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listConnectorOrganizations,
        { params: { connectorId }, query: { q, which, ...(pageParam === '' ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Whatever is changed, the list and what is below it are asked anew. */
function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: connectorsQuery.queryKey }),
  });
}

export const useCreateConnector = () =>
  useChange((body: Given<typeof api.createConnector>['body']) => call(api.createConnector, { body }));

export const useChangeConnector = (connectorId: ConnectorId) =>
  useChange((body: Given<typeof api.changeConnector>['body']) =>
    call(api.changeConnector, { params: { connectorId }, body }),
  );

export const useRemoveConnector = () =>
  useChange((connectorId: ConnectorId) => call(api.removeConnector, { params: { connectorId } }));

const steps = { pause: api.pauseConnector, resume: api.resumeConnector, run: api.runConnector };
export const useStep = (connectorId: ConnectorId) =>
  useChange((step: keyof typeof steps) => call(steps[step], { params: { connectorId } }));

export const trialQuery = (connectorId: ConnectorId) =>
  queryOptions({
    queryKey: ['connector-trial', connectorId],
    queryFn: ({ signal }) => call(api.testConnector, { params: { connectorId } }, signal),
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });

export const useLeaveOut = (connectorId: ConnectorId) =>
  useChange(({ orgUuid, isLeftOut }: { orgUuid: OrgUuid; isLeftOut: boolean }) =>
    call(api.changeConnectorOrganization, { params: { connectorId, orgUuid }, body: { isLeftOut } }),
  );

export const useLink = () =>
  useChange(({ customerId, orgUuid }: { customerId: CustomerId; orgUuid: OrgUuid }) =>
    call(linkCustomer, { params: { customerId }, body: { orgUuid } }),
  );
