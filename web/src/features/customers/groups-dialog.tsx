import { Button, TextInput } from '@mantine/core';
import { type CustomerGroup, GroupName } from '@hub/contract/customer-groups';
import { parseQuery } from '@hub/contract/customer-query';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { groupsQuery, useChangeGroup, useCreateGroup, useRemoveGroup } from './list-queries.ts';
import { queryErrorText } from './query-words.ts';

/** The partner's groups: named one by one, or filled by a filter. */
export function GroupsDialog({
  filter,
  onShow,
  onClose,
}: {
  /** What the list shows now: a group may be made of it. */
  filter: string;
  onShow: (group: CustomerGroup) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const { may } = useSession();
  useReturnFocus();
  const groups = useQuery(groupsQuery);
  const items = groups.data?.items ?? [];
  return (
    <Dialog title={t('groups.title')} onClose={onClose}>
      <div className="stack">
        {may('groups.write') ? <NewGroup filter={filter} /> : null}
        <InlineError error={groups.error} />
        {items.length === 0 && groups.isSuccess ? <p className="quiet">{t('groups.none')}</p> : null}
        <ul className="managed">
          {items.map((group) => (
            <GroupLine key={group.id} group={group} filter={filter} onShow={() => onShow(group)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function NewGroup({ filter }: { filter: string }) {
  const { t } = useText();
  const create = useCreateGroup();
  const [name, setName] = useState('');
  const [isTried, setIsTried] = useState(false);
  const parsed = GroupName.safeParse(name);
  const make = (by?: string) => {
    setIsTried(true);
    if (!parsed.success) return;
    create.mutate(
      { name: parsed.data, ...(by === undefined ? {} : { filter: by }) },
      {
        onSuccess: () => {
          setName('');
          setIsTried(false);
        },
      },
    );
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <TextInput
        label={t('groups.name')}
        description={t('groups.hint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isTried && !parsed.success ? nameFault(name, 60, t) : null}
      />
      <div className="row">
        <Button type="submit" loading={create.isPending}>
          {t('groups.create.empty')}
        </Button>
        {filter.trim() === '' ? null : (
          <Button loading={create.isPending} onClick={() => make(filter)}>
            {t('groups.create.filter')}
          </Button>
        )}
      </div>
      <InlineError error={create.error} />
    </form>
  );
}

function GroupLine({ group, filter, onShow }: { group: CustomerGroup; filter: string; onShow: () => void }) {
  const { t } = useText();
  const { may } = useSession();
  const change = useChangeGroup();
  const remove = useRemoveGroup();
  const [edited, setEdited] = useState<{ name: string; filter: string } | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const mayWrite = may('groups.write');
  const fault = edited === null || group.filter === null ? null : faultOf(edited.filter);
  const save = (next: { name: string; filter: string }) =>
    change.mutate(
      {
        params: { groupId: group.id },
        body: {
          name: next.name.trim(),
          description: group.description,
          filter: group.filter === null ? null : next.filter,
          version: group.version,
        },
      },
      { onSuccess: () => setEdited(null) },
    );
  return (
    <li>
      {edited === null ? (
        <>
          <div className="managed-head">
            <span className="strong wrap grow">{group.name}</span>
            <Button variant="subtle" onClick={onShow}>
              {t('count.customers', { count: group.customers })}
            </Button>
            {mayWrite ? (
              <>
                <Button
                  variant="subtle"
                  aria-label={t('groups.editOf', { name: group.name })}
                  onClick={() => setEdited({ name: group.name, filter: group.filter ?? '' })}
                >
                  {t('action.edit')}
                </Button>
                <Button
                  variant="subtle"
                  aria-label={t('groups.removeOf', { name: group.name })}
                  onClick={() => setIsAsking(true)}
                >
                  {t('action.remove')}
                </Button>
              </>
            ) : null}
          </div>
          <p className={group.filter === null ? 'help' : 'mono quiet wrap'}>
            {group.filter ?? t(group.isByFilter ? 'groups.filterHidden' : 'groups.byHand')}
          </p>
        </>
      ) : (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (GroupName.safeParse(edited.name).success && fault === null) save(edited);
          }}
        >
          <TextInput
            label={t('groups.name')}
            ref={focusField}
            value={edited.name}
            onChange={(event) => setEdited({ ...edited, name: event.currentTarget.value })}
            error={GroupName.safeParse(edited.name).success ? null : nameFault(edited.name, 60, t)}
          />
          {group.filter === null ? null : (
            <TextInput
              label={t('groups.filter')}
              value={edited.filter}
              spellCheck={false}
              onChange={(event) => setEdited({ ...edited, filter: event.currentTarget.value })}
              error={fault === null ? null : queryErrorText(fault, t)}
            />
          )}
          <div className="row">
            <Button type="submit" variant="filled" loading={change.isPending}>
              {t('action.save')}
            </Button>
            <Button onClick={() => setEdited(null)}>{t('action.cancel')}</Button>
            {group.filter === null || filter.trim() === '' ? null : (
              <Button variant="subtle" onClick={() => setEdited({ ...edited, filter })}>
                {t('groups.takeFilter')}
              </Button>
            )}
          </div>
        </form>
      )}
      <InlineError error={change.error} />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('groups.remove.title', { name: group.name })}
        confirm={t('action.remove')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(group.id, { onSuccess: () => setIsAsking(false) })}
        onClose={() => setIsAsking(false)}
      >
        {t('groups.remove.body')}
      </ConfirmDialog>
    </li>
  );
}

function faultOf(filter: string) {
  const parsed = parseQuery(filter);
  return 'error' in parsed ? parsed.error : null;
}

/** The field that a press of a button brought. */
const focusField = (field: HTMLInputElement | null): void => field?.focus();
