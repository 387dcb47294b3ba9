import { RenewalStage } from '@hub/contract/renewal-rules';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ownersQuery } from './queries.ts';
import type { Go, RenewalsSearch } from './renewals-search.ts';

/** Narrows the list by who does the work and how far it is. */
export function RenewalBar({ search, go }: { search: RenewalsSearch; go: Go }) {
  const { t } = useText();
  const { person } = useSession();
  const { data } = useQuery(ownersQuery());
  const owners = data?.items ?? [];
  return (
    <>
      <NativeSelect
        aria-label={t('renewals.owner')}
        value={search.owner ?? ''}
        data={[
          { value: '', label: t('renewals.owner.all') },
          { value: 'nobody', label: t('renewals.owner.nobody') },
          ...owners.map(({ personId, name }) => ({
            value: personId,
            label: personId === person.id ? t('renewals.owner.you', { name }) : name,
          })),
        ]}
        onChange={({ currentTarget }) => go({ owner: currentTarget.value === '' ? undefined : currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('renewals.stage')}
        value={search.stage ?? ''}
        data={[
          { value: '', label: t('renewals.stage.all') },
          ...RenewalStage.options.map((stage) => ({ value: stage, label: t(`renewals.stage.${stage}`) })),
        ]}
        onChange={({ currentTarget }) => go({ stage: RenewalStage.safeParse(currentTarget.value).data })}
      />
    </>
  );
}
