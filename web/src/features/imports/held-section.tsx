import { Button } from '@mantine/core';
import { type OrgUuid, OrgUuid as OrgUuidSchema } from '@hub/contract/ids';
import type { HeldOrganization } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { CreateCustomerDialog, LinkCustomerDialog } from '../customers/index.ts';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { heldQuery, useDiscardHeld, useReleaseHeld } from './queries.ts';

type Act = { kind: 'create' | 'link' | 'discard'; held: HeldOrganization };

/** Stands in the address of rows that carry no readable organization. */
const unreadableOrg = OrgUuidSchema.parse('00000000-0000-0000-0000-000000000000');

/** Organizations whose rows wait, biggest first, each with what can be done about it. Nothing waits: nothing is shown. */
export function HeldSection({ mayWrite }: { mayWrite: boolean }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(heldQuery);
  const [act, setAct] = useState<Act | null>(null);
  if (data === undefined)
    return error === null ? null : <ErrorState error={error} title={t('held.title')} onRetry={() => void refetch()} />;
  if (data.items.length === 0 && data.unavailable.length === 0) return null;
  return (
    <section className="band held" id="held">
      <div className="section-head">
        <h2>{t('held.title')}</h2>
        <span className="quiet">{t('held.count', { count: data.items.length })}</span>
      </div>
      <p className="quiet held-intro">{t('held.intro')}</p>
      {mayWrite ? null : <p className="help">{t('held.readOnly')}</p>}
      {data.unavailable.length === 0 ? null : (
        <p className="notice">
          <Glyph name="late" />
          {t('held.unavailable', { regions: f.list(data.unavailable.map((region) => regionLabels[region])) })}
        </p>
      )}
      <ul className="held-list">
        {data.items.map((held) => (
          <HeldRow
            key={`${held.region} ${held.orgUuid}`}
            held={held}
            mayWrite={mayWrite}
            onAct={(kind) => setAct({ kind, held })}
          />
        ))}
      </ul>
      <Suspense fallback={null}>{act === null ? null : <HeldDialog act={act} onClose={() => setAct(null)} />}</Suspense>
    </section>
  );
}

function HeldRow({
  held,
  mayWrite,
  onAct,
}: {
  held: HeldOrganization;
  mayWrite: boolean;
  onAct: (kind: Act['kind']) => void;
}) {
  const { t, f } = useText();
  return (
    <li>
      <div className="held-who">
        {held.orgUuid === null ? (
          <span className="strong">{t('held.unreadable')}</span>
        ) : (
          <span className="row tight">
            <span className="mono wrap">{held.orgUuid}</span>
            <CopyButton text={held.orgUuid} name={t('held.col.organization')} />
          </span>
        )}
        <p className="quiet wrap">
          {regionLabels[held.region]}
          {held.locations.length === 0 ? null : `, ${f.list(held.locations)}`}
        </p>
      </div>
      <div className="held-size num">
        <span className="strong">{t('held.rows', { count: held.rows })}</span>
        <span className="quiet">{f.dateRange(held.firstStart, held.lastStart)}</span>
      </div>
      {mayWrite ? (
        <div className="held-acts">
          {held.reason === 'unknown' ? (
            <>
              <Button variant="quiet" onClick={() => onAct('create')}>
                {t('held.create')}
              </Button>
              <Button variant="quiet" onClick={() => onAct('link')}>
                {t('held.link')}
              </Button>
            </>
          ) : null}
          {held.reason === 'not_assigned' && held.orgUuid !== null ? (
            <ReleaseButton held={held} orgUuid={held.orgUuid} />
          ) : null}
          <Button variant="danger" onClick={() => onAct('discard')}>
            {t('held.discard')}
          </Button>
        </div>
      ) : null}
      {held.reason === 'unreadable' ? <p className="help held-why">{t('held.unreadable.hint')}</p> : null}
      {held.reason === 'not_assigned' && held.customer !== null ? (
        <p className="help held-why">{t('held.notAssigned', { customer: held.customer.name })}</p>
      ) : null}
      {held.reason === 'other_region' && held.customer !== null ? (
        <p className="notice held-why">
          <Glyph name="late" />
          <span>
            {t('held.otherRegion', {
              customer: held.customer.name,
              customerRegion: regionLabels[held.customer.region],
            })}
          </span>
        </p>
      ) : null}
    </li>
  );
}

/** The customer is there, so there is nothing to ask: whoever sees all customers lets the rows in. */
function ReleaseButton({ held, orgUuid }: { held: HeldOrganization; orgUuid: OrgUuid }) {
  const { t, f } = useText();
  const release = useReleaseHeld();
  return (
    <Button
      variant="quiet"
      loading={release.isPending}
      onClick={() =>
        release.mutate(
          { region: held.region, orgUuid },
          {
            onSuccess: () => toast({ title: t('held.released', { count: held.rows }) }),
            onError: (error) => toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) }),
          },
        )
      }
    >
      {t('held.release')}
    </Button>
  );
}

function HeldDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  const { held } = act;
  if (act.kind === 'discard')
    return <DiscardDialog held={held} orgUuid={held.orgUuid ?? unreadableOrg} onClose={onClose} />;
  if (held.orgUuid === null) return null;
  if (act.kind === 'link') return <LinkCustomerDialog orgUuid={held.orgUuid} region={held.region} onClose={onClose} />;
  return <CreateCustomerDialog orgUuid={held.orgUuid} region={held.region} rows={held.rows} onClose={onClose} />;
}

function DiscardDialog({ held, orgUuid, onClose }: { held: HeldOrganization; orgUuid: OrgUuid; onClose: () => void }) {
  const { t, f } = useText();
  const discard = useDiscardHeld();
  const region = regionLabels[held.region];
  const covers = f.dateRange(held.firstStart, held.lastStart);
  return (
    <ConfirmDialog
      isOpen
      title={t('held.discard.title', { count: held.rows })}
      confirm={t('held.discard.confirm', { count: held.rows })}
      isBusy={discard.isPending}
      error={discard.error}
      onClose={onClose}
      onConfirm={() =>
        discard.mutate(
          { region: held.region, orgUuid },
          {
            onSuccess: ({ rows }) => {
              toast({ title: t('held.discarded', { count: rows }) });
              onClose();
            },
          },
        )
      }
    >
      <span className="wrap">
        {held.orgUuid === null
          ? t('held.discard.unreadable', { region, covers })
          : t('held.discard.body', { organization: held.orgUuid, region, covers })}
      </span>
    </ConfirmDialog>
  );
}
