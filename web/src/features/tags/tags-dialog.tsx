import { Button } from '@mantine/core';
import type { Tag, TagKind } from '@hub/contract/customer-tags';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { TagChip } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { tagsQuery, useRemoveTag } from './queries.ts';
import { EditTagForm, MergeTagForm } from './tag-forms.tsx';
import { useUndo } from './use-undo.ts';
import './tags.css';

/** The partner's tags: what they are called, what they mean, and how many have them. */
export function TagsDialog({ kinds, onClose }: { kinds: readonly TagKind[]; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  return (
    <Dialog title={t('tagging.title')} onClose={onClose}>
      <div className="stack">
        {kinds.map((kind) => (
          <TagList key={kind} kind={kind} />
        ))}
      </div>
    </Dialog>
  );
}

function TagList({ kind }: { kind: TagKind }) {
  const { t } = useText();
  const heading = useId();
  const tags = useQuery(tagsQuery(kind));
  const items = tags.data?.items ?? [];
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="strong">
        {t(`tagging.list.${kind}`)}
      </h3>
      <InlineError error={tags.error} />
      {items.length === 0 && tags.isSuccess ? <p className="quiet">{t('tagging.none')}</p> : null}
      <ul className="managed">
        {items.map((tag) => (
          <TagLine key={tag.id} tag={tag} others={items.filter(({ id }) => id !== tag.id)} />
        ))}
      </ul>
    </section>
  );
}

function TagLine({ tag, others }: { tag: Tag; others: readonly Tag[] }) {
  const { t } = useText();
  const { may } = useSession();
  const remove = useRemoveTag();
  const offerUndo = useUndo();
  const [doing, setDoing] = useState<'edit' | 'merge' | 'remove' | null>(null);
  const line = useRef<HTMLLIElement>(null);
  const stop = () => {
    setDoing(null);
    // The form goes, and with it what had the focus.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) line.current?.querySelector('button')?.focus();
    });
  };
  const { name } = tag;
  const holders = t(tag.kind === 'customer' ? 'count.customers' : 'tagging.subscriptions', { count: tag.holders });
  return (
    <li ref={line}>
      <div className="managed-head">
        <span className="grow">
          <TagChip tag={tag} />
        </span>
        <span className="quiet num">{holders}</span>
        {may('tags.write') && doing !== 'edit' && doing !== 'merge' ? (
          <>
            <Button variant="subtle" aria-label={t('tagging.editOf', { name })} onClick={() => setDoing('edit')}>
              {t('action.edit')}
            </Button>
            {others.length === 0 ? null : (
              <Button variant="subtle" aria-label={t('tagging.mergeOf', { name })} onClick={() => setDoing('merge')}>
                {t('tagging.merge')}
              </Button>
            )}
            <Button variant="subtle" aria-label={t('tagging.remove', { name })} onClick={() => setDoing('remove')}>
              {t('action.remove')}
            </Button>
          </>
        ) : null}
      </div>
      {tag.description === '' ? null : <p className="help wrap">{tag.description}</p>}
      {doing === 'edit' ? <EditTagForm tag={tag} onDone={stop} /> : null}
      {doing === 'merge' ? <MergeTagForm tag={tag} others={others} holders={holders} onDone={stop} /> : null}
      <ConfirmDialog
        isOpen={doing === 'remove'}
        title={t('tagging.remove.title', { name })}
        confirm={t('action.remove')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          void remove.mutateAsync(tag.id).then(
            () => {
              stop();
              offerUndo(tag, t('tagging.removed', { name }));
            },
            () => undefined, // told in the dialog
          )
        }
        onClose={stop}
      >
        {t('tagging.remove.body', { holders })}
      </ConfirmDialog>
    </li>
  );
}
