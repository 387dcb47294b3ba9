import { NativeSelect } from '@mantine/core';
import { listCustomerGroups } from '@hub/contract/customer-groups';
import { valueOf } from '@hub/contract/customer-query-print';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';

/** Usage of one customer group. A filter that came with the link, such as the customer list's, is one more choice. */
export function GroupChoice({
  filter,
  onChange,
}: {
  filter: string | undefined;
  onChange: (filter: string | undefined) => void;
}) {
  const { t } = useText();
  const { data } = useQuery({
    queryKey: ['customer-groups'],
    queryFn: ({ signal }) => call(listCustomerGroups, {}, signal),
  });
  const groups = data?.items.map(({ name }) => ({ value: `group:${valueOf(name)}`, label: name })) ?? [];
  const isOther = filter !== undefined && groups.every(({ value }) => value !== filter);
  if (groups.length === 0 && !isOther) return null;
  return (
    <NativeSelect
      aria-label={t('usage.group')}
      value={filter ?? ''}
      data={[
        { value: '', label: t('usage.group.all') },
        ...groups,
        ...(isOther ? [{ value: filter, label: t('usage.group.filter', { filter }) }] : []),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  );
}
