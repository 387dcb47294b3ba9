import { Button } from '@mantine/core';
import type { CustomerId } from '@hub/contract/ids';
import type { Trial } from '@hub/contract/trials';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { daysUntil } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { useHashPlace } from '../../lib/use-hash-place.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { LicenseTable, shareOf } from '../subscriptions/index.ts';
import { trialsQuery, useRemoveTrial } from './queries.ts';

const TrialDialog = lazy(async () => ({ default: (await import('./trial-dialog.tsx')).TrialDialog }));

type Opened = { act: 'start' } | { act: 'edit' | 'remove'; trial: Trial };

/** The trials of a customer: those that run or are to begin, then those that are over. */
export function TrialList({
  customerId,
  customerName,
  today,
  isOwn,
}: {
  customerId: CustomerId;
  customerName: string;
  today: string;
  /** The partner's own organization has no trials. */
  isOwn: boolean;
}) {
  const { t } = useText();
  const mayWrite = useSession().may('subscriptions.write');
  const { data, error, refetch } = useQuery(trialsQuery(customerId));
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const start =
    mayWrite && !isOwn ? (
      <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setOpened({ act: 'start' })}>
        {t('trials.startTrial')}
      </Button>
    ) : null;
  const open = mayWrite ? (act: 'edit' | 'remove', trial: Trial) => setOpened({ act, trial }) : undefined;
  const items = data?.items ?? [];
  const parts = [
    { key: 'running' as const, trials: items.filter(({ endsOn }) => endsOn >= today) },
    { key: 'past' as const, trials: items.filter(({ endsOn }) => endsOn < today) },
  ];
  return (
    <>
      {data === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data !== undefined && items.length === 0 ? (
        <EmptyState
          title={t('trials.empty')}
          hint={t(isOwn ? 'trials.empty.own' : mayWrite ? 'trials.empty.hint' : 'subs.empty.readOnly')}
        >
          {start}
        </EmptyState>
      ) : null}
      {items.length === 0 ? null : (
        <div className="band section-head">
          <h2>{t('trials.count', { count: items.length })}</h2>
          <div className="page-actions">{start}</div>
        </div>
      )}
      {parts.map(({ key, trials }) =>
        trials.length === 0 ? null : (
          <section key={key} className="band contracts" aria-label={t(`trials.${key}`)}>
            <h3>{t(`trials.${key}`)}</h3>
            {trials.map((trial) => (
              <TrialRow key={trial.id} trial={trial} today={today} onAct={open} />
            ))}
          </section>
        ),
      )}
      <Suspense fallback={null}>
        {opened?.act === 'start' ? (
          <TrialDialog customerId={customerId} customerName={customerName} today={today} onClose={close} />
        ) : null}
        {opened?.act === 'edit' ? (
          <TrialDialog
            customerId={customerId}
            customerName={customerName}
            today={today}
            trial={opened.trial}
            onClose={close}
          />
        ) : null}
      </Suspense>
      {opened?.act === 'remove' ? <RemoveDialog trial={opened.trial} onClose={close} /> : null}
    </>
  );
}

function TrialRow({
  trial,
  today,
  onAct,
}: {
  trial: Trial;
  today: string;
  onAct: ((act: 'edit' | 'remove', trial: Trial) => void) | undefined;
}) {
  const { t, f } = useText();
  const { place, isNamed } = useHashPlace<HTMLElement>(trial.id);
  const { reference, startsOn, endsOn } = trial;
  const days = daysUntil(today, endsOn);
  const when =
    today < startsOn
      ? t('subs.begins', { date: f.date(startsOn), days: daysUntil(today, startsOn) })
      : days < 0
        ? t('subs.ended', { date: f.date(endsOn), days: -days })
        : t('trials.daysLeft', { days });
  return (
    <article
      className="contract"
      aria-label={reference}
      id={trial.id}
      data-named={isNamed || undefined}
      tabIndex={-1}
      ref={place}
    >
      <div className="section-head">
        <h4 className="row tight">
          <span className="wrap">{reference}</span>
          <CopyButton text={reference} name={t('trials.id')} />
        </h4>
        <span className="strong">{when}</span>
        <span className="quiet num">{f.dateRange(startsOn, endsOn)}</span>
        {onAct === undefined ? null : (
          <div className="page-actions">
            <Button
              variant="quiet"
              aria-label={t('trials.edit.of', { reference })}
              onClick={() => onAct('edit', trial)}
            >
              {t('action.edit')}
            </Button>
            <Button
              variant="quiet"
              aria-label={t('trials.remove.of', { reference })}
              onClick={() => onAct('remove', trial)}
            >
              {t('action.remove')}
            </Button>
          </div>
        )}
      </div>
      <LicenseTable name={t('lines.of', { name: reference })} lines={trial.lines.map(shareOf)} isTried />
    </article>
  );
}

function RemoveDialog({ trial, onClose }: { trial: Trial; onClose: () => void }) {
  const { t } = useText();
  const remove = useRemoveTrial();
  const { id, reference } = trial;
  return (
    <ConfirmDialog
      isOpen
      title={t('trials.remove.title', { reference })}
      confirm={t('trials.removeTrial')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast({ title: t('trials.removed', { reference }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {t('trials.remove.body')}
    </ConfirmDialog>
  );
}
