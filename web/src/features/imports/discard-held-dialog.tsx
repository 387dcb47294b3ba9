import { type OrgUuid, OrgUuid as OrgUuidSchema } from '@hub/contract/ids';
import type { HeldOrganization } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { type HeldFilter, useDiscardHeld } from './queries.ts';

/** Stands for rows that carry no readable organization. */
const unreadableOrg = OrgUuidSchema.parse('00000000-0000-0000-0000-000000000000');

const keyOf = ({ region, orgUuid }: HeldOrganization): { region: RegionCode; orgUuid: OrgUuid } => ({
  region,
  orgUuid: orgUuid ?? unreadableOrg,
});

/** Asks once, naming the rows that are lost: of these organizations, or of all that match. */
export function DiscardHeldDialog({
  held,
  organizations,
  rows,
  onClose,
  onDone,
}: {
  held: readonly HeldOrganization[] | HeldFilter;
  organizations: number;
  rows: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t, f } = useText();
  const discard = useDiscardHeld();
  const named = 'q' in held ? undefined : held;
  const only = named?.length === 1 ? named[0] : undefined;
  const region = only && regionLabels[only.region];
  const covers = only && f.dateRange(only.firstStart, only.lastStart);
  const told = ({ rows: count, unavailable }: { rows: number; unavailable: RegionCode[] }) => {
    const regions = f.list(unavailable.map((code) => regionLabels[code]));
    const isPart = unavailable.length > 0;
    toast({
      title: t('held.discarded', { count }),
      ...(isPart ? { glyph: 'late' as const, body: t('held.discard.unanswered', { regions }) } : {}),
    });
    onDone();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('held.discard.title', { count: rows })}
      confirm={t('held.discard.confirm', { count: rows })}
      isBusy={discard.isPending}
      error={discard.error}
      onClose={onClose}
      onConfirm={() => discard.mutate('q' in held ? held : held.map(keyOf), { onSuccess: told })}
    >
      <span className="wrap">
        {only === undefined || region === undefined || covers === undefined
          ? t('held.discard.many', { count: organizations })
          : only.orgUuid === null
            ? t('held.discard.unreadable', { region, covers })
            : t('held.discard.body', { organization: only.orgUuid, region, covers })}
      </span>
    </ConfirmDialog>
  );
}
