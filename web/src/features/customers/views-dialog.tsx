import { Button, Checkbox, TextInput } from '@mantine/core';
import { type SavedView, ViewName } from '@hub/contract/saved-views';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { type ListQuestion, useChangeView, useRemoveView, useRestoreView } from './list-queries.ts';
import { viewsQuery } from './view-queries.ts';
import { isViewOf } from './views-menu.tsx';

/** Every view that the person sees: pin, default; one's own also rename, share, set anew, remove. */
export function ViewsDialog({ question, onClose }: { question: ListQuestion; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const views = useQuery(viewsQuery);
  const items = views.data?.items ?? [];
  return (
    <Dialog title={t('view.saved')} onClose={onClose}>
      <InlineError error={views.error} />
      {items.length === 0 && views.isSuccess ? <p className="quiet">{t('view.none')}</p> : null}
      <ul className="managed">
        {items.map((view) => (
          <ViewLine key={view.id} view={view} question={question} />
        ))}
      </ul>
    </Dialog>
  );
}

function ViewLine({ view, question }: { view: SavedView; question: ListQuestion }) {
  const { t } = useText();
  const { may } = useSession();
  const change = useChangeView();
  const remove = useRemoveView();
  const restore = useRestoreView();
  const [name, setName] = useState<string | null>(null);
  const set = (body: Parameters<typeof change.mutate>[0]['body'], onSuccess?: () => void) =>
    change.mutate({ params: { viewId: view.id }, body }, onSuccess === undefined ? {} : { onSuccess });
  const parsed = ViewName.safeParse(name);
  const { isMine } = view;
  return (
    <li>
      <div className="managed-head">
        {name === null ? (
          <span className="strong wrap grow">{view.name}</span>
        ) : (
          <form
            className="row grow"
            onSubmit={(event) => {
              event.preventDefault();
              if (parsed.success) set({ name: parsed.data }, () => setName(null));
            }}
          >
            <TextInput
              className="grow"
              aria-label={t('common.name')}
              value={name}
              ref={focusField}
              onChange={(event) => setName(event.currentTarget.value)}
              error={parsed.success ? null : nameFault(name, 60, t)}
            />
            <Button type="submit" loading={change.isPending}>
              {t('action.save')}
            </Button>
          </form>
        )}
        {isMine && name === null ? (
          <>
            <Button
              variant="subtle"
              aria-label={t('view.renameOf', { name: view.name })}
              onClick={() => setName(view.name)}
            >
              {t('action.rename')}
            </Button>
            <Button
              variant="subtle"
              aria-label={t('view.removeOf', { name: view.name })}
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(view.id, {
                  onSuccess: () =>
                    toast({
                      title: t('view.removed', { name: view.name }),
                      action: { word: t('action.undo'), run: () => restore.mutate(view.id) },
                    }),
                })
              }
            >
              {t('action.remove')}
            </Button>
          </>
        ) : null}
      </div>
      <p className="mono quiet wrap">{view.filter === '' ? t('nav.allCustomers') : view.filter}</p>
      <div className="row">
        <Checkbox label={t('view.pin')} checked={view.isPinned} onChange={() => set({ isPinned: !view.isPinned })} />
        <Checkbox
          label={t('view.makeDefault')}
          checked={view.isDefault}
          onChange={() => set({ isDefault: !view.isDefault })}
        />
        {isMine && may('views.share') ? (
          <Checkbox
            label={t('view.share')}
            checked={view.isShared}
            onChange={() => set({ isShared: !view.isShared })}
          />
        ) : view.isShared ? (
          <span className="help">{t('view.isShared')}</span>
        ) : null}
        {isMine && !isViewOf(view, question) ? (
          <Button variant="subtle" onClick={() => set(question)}>
            {t('view.update')}
          </Button>
        ) : null}
      </div>
      <InlineError error={change.error ?? remove.error} />
    </li>
  );
}

/** The field that a press of a button brought. */
const focusField = (field: HTMLInputElement | null): void => field?.focus();
