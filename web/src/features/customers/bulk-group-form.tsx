import { Button, Select, TextInput } from '@mantine/core';
import { GroupName } from '@hub/contract/customer-groups';
import { GroupId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { InlineError } from '../../ui/states.tsx';
import type { BulkFormProps } from './bulk-form.ts';
import { groupsQuery, useCreateGroup } from './list-queries.ts';

/** A group whose customers are added one by one: one that is there, or a new one. */
export function GroupForm({ kind, onAct, actions }: BulkFormProps) {
  const { t } = useText();
  const isAdding = kind === 'add_to_group';
  const groups = useQuery(groupsQuery);
  const create = useCreateGroup();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const go = (groupId: GroupId) => onAct({ act: isAdding ? 'add_to_group' : 'remove_from_group', groupId });
  const fixed = (groups.data?.items ?? []).filter(({ filter }) => filter === null);
  const submit = () => {
    if (name !== null) {
      const parsed = GroupName.safeParse(name);
      if (!parsed.success) setIsEmpty(true);
      else create.mutate({ name: parsed.data }, { onSuccess: ({ id }) => go(id) });
      return;
    }
    const groupId = GroupId.safeParse(chosen);
    if (groupId.success) go(groupId.data);
    else setIsEmpty(true);
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {name === null ? (
        <Select
          label={t('bulk.group')}
          description={t('bulk.group.hint')}
          data-autofocus
          searchable
          data={fixed.map((group) => ({ value: group.id, label: group.name }))}
          value={chosen}
          onChange={(value) => {
            setChosen(value);
            setIsEmpty(false);
          }}
          nothingFoundMessage={groups.isPending ? t('state.loading') : t('bulk.group.none')}
          error={isEmpty ? t('error.required') : null}
        />
      ) : (
        <TextInput
          label={t('groups.name')}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isEmpty && !GroupName.safeParse(name).success ? nameFault(name, 60, t) : null}
        />
      )}
      {isAdding ? (
        <div>
          <Button variant="subtle" onClick={() => setName(name === null ? '' : null)}>
            {t(name === null ? 'groups.new' : 'bulk.group.known')}
          </Button>
        </div>
      ) : null}
      <InlineError error={groups.error ?? create.error} />
      {actions(t('bulk.preview'))}
    </form>
  );
}
