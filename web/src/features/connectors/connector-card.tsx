import { Button } from '@mantine/core';
import type { Connector } from '@hub/contract/connectors';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { faultText, kindText, lagText, stateOf } from './connector-words.ts';
import { useRemoveConnector, useStep } from './queries.ts';

const TrialDialog = lazy(async () => ({ default: (await import('./trial-dialog.tsx')).TrialDialog }));
const OrganizationsDialog = lazy(async () => ({
  default: (await import('./organizations-dialog.tsx')).OrganizationsDialog,
}));

type Opened = 'trial' | 'organizations' | 'remove' | null;

/** One connector: its state, its facts, its acts. */
export function ConnectorCard({
  connector,
  mayWrite,
  onEdit,
}: {
  connector: Connector;
  mayWrite: boolean;
  onEdit: () => void;
}) {
  const { t, f } = useText();
  const [opened, setOpened] = useState<Opened>(null);
  const { name, fault, pausedBecause, credential } = connector;
  const close = () => setOpened(null);
  return (
    <li>
      <div className="row">
        <h3 className="grow wrap">{name}</h3>
        <State {...stateOf(connector, t)} />
      </div>
      {pausedBecause === null ? null : <p className="wrap">{faultText({ code: pausedBecause, data: {} }, t, f)}</p>}
      {fault === null || fault.code === pausedBecause ? null : <p className="wrap">{faultText(fault, t, f)}</p>}
      {credential.isReadable || fault?.code === 'key_missing' ? null : (
        <p className="wrap">{t('connectors.fault.key_missing')}</p>
      )}
      <Facts connector={connector} />
      <div className="row connector-acts">
        <Button onClick={() => setOpened('organizations')}>{t('connectors.organizations')}</Button>
        {mayWrite ? <Steps connector={connector} onTest={() => setOpened('trial')} /> : null}
        {mayWrite ? <Button onClick={onEdit}>{t('action.edit')}</Button> : null}
        {mayWrite ? (
          <Button variant="danger" onClick={() => setOpened('remove')}>
            {t('action.remove')}
          </Button>
        ) : null}
      </div>
      <Suspense fallback={null}>
        {opened === 'trial' ? <TrialDialog connector={connector} onClose={close} /> : null}
        {opened === 'organizations' ? (
          <OrganizationsDialog connector={connector} mayWrite={mayWrite} onClose={close} />
        ) : null}
      </Suspense>
      {opened === 'remove' ? <RemoveDialog connector={connector} onClose={close} /> : null}
    </li>
  );
}

function Facts({ connector }: { connector: Connector }) {
  const { t, f } = useText();
  const { organizations, lagMinutes, lastSuccessAt, nextRunAt, everyMinutes, region } = connector;
  const instant = (value: string | null): string =>
    value === null ? '–' : t('connectors.instant', { time: f.dateTime(value) });
  return (
    <dl className="facts">
      <dt>{t('connectors.lag')}</dt>
      <dd>{lagMinutes === null ? '–' : lagText(lagMinutes, t)}</dd>
      <dt>{t('connectors.organizations')}</dt>
      <dd>
        {t('connectors.organizations.counts', { pulled: organizations.pulled, listed: organizations.listed })}
        {organizations.unlinked > 0
          ? ` · ${t('connectors.organizations.unlinked', { count: organizations.unlinked })}`
          : ''}
        {organizations.failing > 0
          ? ` · ${t('connectors.organizations.failing', { count: organizations.failing })}`
          : ''}
      </dd>
      <dt>{t('connectors.lastSuccess')}</dt>
      <dd>{instant(lastSuccessAt)}</dd>
      <dt>{t('connectors.nextRun')}</dt>
      <dd>{instant(nextRunAt)}</dd>
      <dt>{t('connectors.schedule')}</dt>
      <dd>{t('connectors.every', { count: everyMinutes })}</dd>
      <dt>{t('common.region')}</dt>
      <dd>{t(`region.${region}`)}</dd>
      {connector.snapshotStates.map((state) => (
        <SnapshotFacts key={state.kind} state={state} pulled={organizations.pulled} />
      ))}
    </dl>
  );
}

/** What is fetched once a day: how many have it, since when, and what fails. */
function SnapshotFacts({ state, pulled }: { state: Connector['snapshotStates'][number]; pulled: number }) {
  const { t, f } = useText();
  const { kind, taken, failing, lastSuccessAt, lagMinutes, people, fault } = state;
  const parts = [
    people === null ? null : t('connectors.people.count', { count: people }),
    t('connectors.organizations.counts', { pulled: taken, listed: pulled }),
    lastSuccessAt === null ? null : t('connectors.snapshots.last', { time: f.dateTime(lastSuccessAt) }),
    lagMinutes === null ? null : t('connectors.snapshots.oldest', { age: lagText(lagMinutes, t) }),
    failing === 0 ? null : t('connectors.organizations.failing', { count: failing }),
  ];
  return (
    <>
      <dt>{kindText(kind, t)}</dt>
      <dd className="wrap">
        {parts.filter((part) => part !== null).join(' · ')}
        {fault === null ? null : <p className="wrap">{faultText(fault, t, f)}</p>}
      </dd>
    </>
  );
}

function Steps({ connector, onTest }: { connector: Connector; onTest: () => void }) {
  const { t } = useText();
  const step = useStep(connector.id);
  const isPaused = connector.state === 'paused';
  return (
    <>
      {isPaused ? null : (
        <Button
          loading={step.isPending && step.variables === 'run'}
          onClick={() => step.mutate('run', { onSuccess: () => toast({ title: t('connectors.run.asked') }) })}
        >
          {t('connectors.run')}
        </Button>
      )}
      <Button
        loading={step.isPending && step.variables !== 'run'}
        onClick={() => step.mutate(isPaused ? 'resume' : 'pause')}
      >
        {t(isPaused ? 'connectors.resume' : 'connectors.pause')}
      </Button>
      <Button onClick={onTest}>{t('connectors.test')}</Button>
      <InlineError error={step.error} />
    </>
  );
}

function RemoveDialog({ connector: { id, name }, onClose }: { connector: Connector; onClose: () => void }) {
  const { t } = useText();
  const remove = useRemoveConnector();
  return (
    <ConfirmDialog
      isOpen
      title={t('connectors.remove.title', { name })}
      confirm={t('action.remove')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast({ title: t('connectors.removed', { name }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {t('connectors.remove.body')}
    </ConfirmDialog>
  );
}
