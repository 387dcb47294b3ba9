import { Checkbox } from '@mantine/core';
import type { Administrator } from '@hub/contract/administrators';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { groupsQuery, useAssignGroups } from './queries.ts';

/** Groups as scopes: saved with each mark. Groups by filter are left out; nobody gains sight of a customer by a tag. */
export function AssignGroups({ person }: { person: Administrator }) {
  const { t } = useText();
  const { data, error } = useQuery(groupsQuery);
  const assign = useAssignGroups(person.personId);
  const groups = data?.items.filter(({ filter }) => filter === null) ?? [];
  const given = new Set(person.groups.map(({ id }) => id));
  if (error !== null) return <InlineError error={error} />;
  if (groups.length === 0) return null;
  return (
    <details className="assign-groups" open={given.size > 0}>
      <summary>{t('assign.groups', { count: given.size })}</summary>
      <p className="help wrap">{t('assign.groups.hint')}</p>
      <ul aria-label={t('assign.groups.list')}>
        {groups.map(({ id, name, customers }) => (
          <li key={id} className="row">
            <Checkbox
              className="grow"
              label={name}
              checked={given.has(id)}
              disabled={assign.isPending}
              onChange={({ currentTarget }) =>
                assign.mutate(currentTarget.checked ? [...given, id] : [...given].filter((other) => other !== id), {
                  onSuccess: () => toast({ title: t('assign.saved', { name: person.name }) }),
                })
              }
            />
            <span className="help num">{t('count.customers', { count: customers })}</span>
          </li>
        ))}
      </ul>
      <InlineError error={assign.error} />
    </details>
  );
}
