import { Select } from '@mantine/core';
import { PersonId } from '@hub/contract/ids';
import { scopeOfRole } from '@hub/contract/permissions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import type { BulkFormProps } from './bulk-form.ts';
import { administratorsQuery } from './list-queries.ts';

/** A partner administrator, whose customers are assigned one by one. */
export function AdministratorForm({ kind, onAct, actions }: BulkFormProps) {
  const { t } = useText();
  const people = useQuery(administratorsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const assigned = (people.data?.items ?? []).filter(({ role }) => scopeOfRole[role] === 'assigned');
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const personId = PersonId.safeParse(chosen);
        if (!personId.success) setIsEmpty(true);
        else
          onAct({
            act: kind === 'unassign_administrator' ? 'unassign_administrator' : 'assign_administrator',
            personId: personId.data,
          });
      }}
    >
      <Select
        label={t('bulk.administrator')}
        description={t('bulk.administrator.hint')}
        placeholder={t('customers.link.placeholder')}
        data-autofocus
        searchable
        data={assigned.map(({ personId, name, email }) => ({ value: personId, label: `${name} (${email})` }))}
        value={chosen}
        onChange={(value) => {
          setChosen(value);
          setIsEmpty(false);
        }}
        nothingFoundMessage={people.isPending ? t('state.loading') : t('bulk.administrator.none')}
        error={isEmpty ? t('error.required') : null}
      />
      <InlineError error={people.error} />
      {actions(t('bulk.preview'))}
    </form>
  );
}
