import { ActionIcon, Button, TextInput } from '@mantine/core';
import {
  type Tag,
  type TagColor,
  type TagGiven,
  type TagMark,
  tagDescriptionMaximum,
  tagMaximumLength,
  TagName,
  tagsPerHolder,
} from '@hub/contract/customer-tags';
import { visible } from '@hub/contract/given-names';
import type { TagId } from '@hub/contract/ids';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { TagChip } from '../customers/index.ts';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { ColorChoice } from './color-choice.tsx';
import { tagsQuery, useChangeTags } from './queries.ts';
import { choicesOf, given } from './tag-choices.ts';

/** Adds by typing, takes away by a click; every step is saved at once. */
export function TagPanel({
  holder,
  tags,
  onManage,
  onClose,
}: {
  holder: { kind: 'customer' | 'subscription'; id: string };
  tags: readonly TagMark[];
  onManage: () => void;
  onClose: () => void;
}) {
  const { t, f } = useText();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []); // its code comes after the popover has opened
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [color, setColor] = useState<TagColor>('gray');
  const [description, setDescription] = useState('');
  const known = useQuery(tagsQuery(holder.kind));
  const save = useChangeTags(holder.kind, holder.id);
  const isFull = tags.length >= tagsPerHolder;
  const name = TagName.safeParse(typed);
  const isTooLong = visible(typed) !== '' && !name.success;
  const choices = isFull || isTooLong ? [] : choicesOf(known.data?.items ?? [], tags, typed);
  const isCreating = choices.some(({ kind }) => kind === 'create');
  const active = choices[Math.min(at, choices.length - 1)];

  const change = (body: { add?: TagGiven[]; remove?: TagId[] }) =>
    save.mutate(body, {
      onSuccess: ({ gone }) => {
        setTyped('');
        setDescription('');
        setAt(0);
        if (gone.length > 0) offerUndo(gone);
      },
      // The button that was pressed may be gone.
      onSettled: () => requestAnimationFrame(() => field.current?.focus()),
    });
  const offerUndo = (gone: readonly Tag[]) =>
    toast({
      title: t('tagging.gone', { name: gone.map((tag) => tag.name).join(', ') }),
      action: {
        word: t('action.undo'),
        // The panel may be closed by then: what fails is told in the corner, too.
        run: () =>
          void save
            .mutateAsync({ add: gone.map((tag) => given(tag)) })
            .catch((error: unknown) =>
              toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) }),
            ),
      },
    });
  const isLong = description.trim().length > tagDescriptionMaximum;
  const choose = (choice: (typeof choices)[number]) => {
    if (choice.kind === 'create' && isLong) return; // told at its field
    change({
      add: [choice.kind === 'known' ? { id: choice.tag.id } : { name: choice.name, color, description }],
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // Enter ends a Korean syllable
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((before) => (choices.length === 0 ? 0 : (before + step + choices.length) % choices.length));
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      choose(active);
    }
  };
  return (
    <div className="stack tag-panel">
      {tags.length === 0 ? null : (
        <ul className="tag-marks">
          {tags.map((tag) => (
            <li key={tag.id} className="row tight">
              <TagChip tag={tag} />
              <ActionIcon
                size={24}
                aria-label={t('tagging.remove', { name: tag.name })}
                disabled={save.isPending}
                onClick={() => change({ remove: [tag.id] })}
              >
                <IconX size={14} stroke={1.6} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {isFull ? <p className="help">{t('tagging.full', { max: tagsPerHolder })}</p> : null}
      {isFull ? null : (
        <TextInput
          label={t('tagging.add')}
          description={t('tagging.visibility')}
          value={typed}
          ref={field}
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is an input; the role ties it to its list
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active.key}`}
          error={isTooLong ? t('tagging.length', { max: tagMaximumLength }) : null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a datalist shows no chips */}
      <div role="listbox" id={listId} aria-label={t('tagging.suggestions')} className="tag-choices">
        {choices.map((choice) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field keeps the focus and its keys choose
          <div
            key={choice.key}
            id={`${listId}-${choice.key}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of a select shows no chip
            role="option"
            aria-selected={choice === active}
            className="tag-choice"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            {choice.kind === 'create' ? (
              <span className="wrap">{t('tagging.create', { name: choice.name })}</span>
            ) : (
              <>
                <TagChip tag={choice.tag} />
                <span className="help cut">{choice.tag.description}</span>
              </>
            )}
          </div>
        ))}
      </div>
      {isCreating ? (
        <>
          <ColorChoice value={color} onChange={setColor} />
          <TextInput
            label={`${t('tagging.description')} (${t('common.optional')})`}
            value={description}
            error={isLong ? t('error.tooLong', { max: tagDescriptionMaximum }) : null}
            onChange={(event) => setDescription(event.currentTarget.value)}
            onKeyDown={(event) => {
              const create = choices.find(({ kind }) => kind === 'create');
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || create === undefined) return;
              event.preventDefault();
              choose(create);
            }}
          />
        </>
      ) : null}
      <InlineError error={known.error ?? save.error} />
      <div className="dialog-actions">
        <Button variant="subtle" onClick={onManage}>
          {t('tags.manage')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </div>
  );
}
