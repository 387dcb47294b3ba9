import { Button, Checkbox } from '@mantine/core';
import type { OrgUuid } from '@hub/contract/ids';
import type { HeldOrganization } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { toast } from '../../ui/toast.tsx';
import { useReleaseHeld } from './queries.ts';

export type HeldAct = 'create' | 'link' | 'discard';

/** One organization whose rows wait: who it is, how much it is, why it waits, and what can be done about it. */
export function HeldRow({
  held,
  mayWrite,
  isChosen,
  onChoose,
  onAct,
}: {
  held: HeldOrganization;
  mayWrite: boolean;
  isChosen: boolean;
  /** Absent: there is nothing to choose from. */
  onChoose: ((isChosen: boolean) => void) | undefined;
  onAct: (act: HeldAct) => void;
}) {
  const { t, f } = useText();
  return (
    <div className="held-row" data-chosen={isChosen || undefined}>
      {onChoose === undefined ? null : (
        <Checkbox
          aria-label={t('held.select', { organization: held.orgUuid ?? t('held.unreadable') })}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
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
      {mayWrite ? <HeldActs held={held} onAct={onAct} /> : null}
      <HeldWhy held={held} />
      {held.deletedAt === null ? null : (
        <p className="notice held-why">
          <Glyph name="late" />
          <span>{t('held.deleted', { date: f.date(held.deletedAt) })}</span>
        </p>
      )}
    </div>
  );
}

function HeldActs({ held, onAct }: { held: HeldOrganization; onAct: (act: HeldAct) => void }) {
  const { t } = useText();
  return (
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
  );
}

function HeldWhy({ held }: { held: HeldOrganization }) {
  const { t } = useText();
  if (held.reason === 'unreadable') return <p className="help held-why">{t('held.unreadable.hint')}</p>;
  if (held.customer === null) return null;
  const { id, name, region } = held.customer;
  const open = (
    <Link to="/customers/$customerId" params={{ customerId: id }} preload={false}>
      {t('held.openCustomer', { name })}
    </Link>
  );
  if (held.reason === 'not_assigned')
    return (
      <p className="help held-why">
        {t('held.notAssigned', { customer: name })} {open}
      </p>
    );
  return (
    <p className="notice held-why">
      <Glyph name="late" />
      <span>
        {t('held.otherRegion', { customer: name, customerRegion: regionLabels[region] })} {open}
      </span>
    </p>
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
