import { Button } from '@mantine/core';
import type { Connector, ConnectorOrganization } from '@hub/contract/connectors';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { faultText, kindText, lagText } from './connector-words.ts';
import { organizationsQuery, useLeaveOut, useLink, type Which } from './queries.ts';

/** Which organizations the provider lists, how far each is, and which are left out. */
export function OrganizationsDialog({
  connector,
  mayWrite,
  onClose,
}: {
  connector: Connector;
  mayWrite: boolean;
  onClose: () => void;
}) {
  const { t } = useText();
  useReturnFocus();
  const [q, setQ] = useState('');
  const [which, setWhich] = useState<Which>('all');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    organizationsQuery(connector.id, { q, which }),
  );
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Dialog title={t('connectors.organizations.title', { name: connector.name })} onClose={onClose}>
      <div className="stack">
        <div className="row">
          <SearchField value={q} label={t('connectors.organizations.search')} onChange={setQ} />
        </div>
        <div className="row">
          <Segments
            label={t('connectors.organizations')}
            value={which}
            onChange={setWhich}
            segments={(['all', 'failing', 'unlinked'] as const).map((value) => ({
              value,
              label: t(`connectors.which.${value}`),
            }))}
          />
        </div>
        {data === undefined && error === null ? <SkeletonRows rows={6} /> : null}
        {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data !== undefined && rows.length === 0 ? (
          <p className="quiet">
            {t(q === '' && which === 'all' ? 'connectors.organizations.none' : 'connectors.organizations.noMatch')}
          </p>
        ) : null}
        <ul className="connectors" aria-label={t('connectors.organizations')}>
          {rows.map((organization) => (
            <OrganizationRow
              key={organization.orgUuid}
              connector={connector}
              organization={organization}
              mayWrite={mayWrite}
            />
          ))}
        </ul>
        {hasNextPage ? (
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('action.showMore')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

function OrganizationRow({
  connector,
  organization,
  mayWrite,
}: {
  connector: Connector;
  organization: ConnectorOrganization;
  mayWrite: boolean;
}) {
  const { t, f } = useText();
  const leaveOut = useLeaveOut(connector.id);
  const link = useLink();
  const { name, orgUuid, isLeftOut, fault, back, backFloor, lagMinutes, isPulled, suggestion } = organization;
  return (
    <li>
      <div className="row">
        <span className="grow strong wrap">{name}</span>
        <OrganizationState organization={organization} />
      </div>
      <p className="help mono wrap">{orgUuid}</p>
      {fault === null ? null : <p className="wrap">{faultText(fault, t, f)}</p>}
      {organization.snapshots.map(({ kind, fault: failed }) =>
        failed === null ? null : (
          <p key={kind} className="wrap">
            {t('connectors.snapshots.fault', { feed: kindText(kind, t), fault: faultText(failed, t, f) })}
          </p>
        ),
      )}
      {organization.snapshots.map(({ kind, people, takenOn }) =>
        people === null || takenOn === null ? null : (
          <p key={kind} className="help num">
            {t('connectors.people.on', { count: people, date: f.date(takenOn) })}
          </p>
        ),
      )}
      <p className="help num">
        {isPulled && lagMinutes !== null ? `${t('connectors.lag')}: ${lagText(lagMinutes, t)}` : ''}
        {isPulled && back !== null
          ? ` · ${t('connectors.back', { from: f.dateTime(back.from), to: f.dateTime(back.to) })}`
          : ''}
        {backFloor === null ? '' : ` · ${t('connectors.backFloor', { from: f.dateTime(backFloor) })}`}
      </p>
      {mayWrite ? (
        <div className="row connector-acts">
          {suggestion === null ? null : (
            <Button loading={link.isPending} onClick={() => link.mutate({ customerId: suggestion.id, orgUuid })}>
              {t('connectors.link', { name: suggestion.name })}
            </Button>
          )}
          <Button
            aria-label={t(isLeftOut ? 'connectors.takeIn.of' : 'connectors.leaveOut.of', { name })}
            loading={leaveOut.isPending}
            onClick={() => leaveOut.mutate({ orgUuid, isLeftOut: !isLeftOut })}
          >
            {t(isLeftOut ? 'connectors.takeIn' : 'connectors.leaveOut')}
          </Button>
        </div>
      ) : null}
      <InlineError error={leaveOut.error ?? link.error} />
    </li>
  );
}

function OrganizationState({ organization }: { organization: ConnectorOrganization }) {
  const { t } = useText();
  const { isListed, isLeftOut, customer, isPulled } = organization;
  const isFailing = organization.fault !== null || organization.snapshots.some(({ fault }) => fault !== null);
  if (!isListed) return <State glyph="struck" word={t('connectors.org.notListed')} />;
  if (isLeftOut) return <State glyph="struck" word={t('connectors.org.leftOut')} />;
  if (isFailing) return <State glyph="failed" word={t('connectors.state.failing')} />;
  if (customer === null) return <State glyph="dotted" word={t('connectors.org.unlinked')} />;
  return <State glyph={isPulled ? 'done' : 'dotted'} word={t('connectors.org.pulled')} />;
}
