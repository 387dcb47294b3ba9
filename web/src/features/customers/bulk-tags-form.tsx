import { Button, TextInput } from '@mantine/core';
import { TagName, tagMaximumLength, tagsPerHolder } from '@hub/contract/customer-tags';
import { visible } from '@hub/contract/given-names';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import type { BulkFormProps } from './bulk-form.ts';
import { tagsQuery } from './list-queries.ts';

const folded = (name: string): string => name.normalize('NFC').toLocaleLowerCase();
const shown = 8;

/** Tags by typing; a new one may be added, only known ones removed. */
export function TagsForm({ kind, onAct, actions }: BulkFormProps) {
  const { t } = useText();
  const isAdding = kind === 'add_tags';
  const known = useQuery(tagsQuery);
  const [names, setNames] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const isFull = isAdding && names.length >= tagsPerHolder;
  const parsed = TagName.safeParse(typed);
  const isTooLong = visible(typed) !== '' && !parsed.success;
  const part = folded(typed.trim());
  const tags = known.data?.items ?? [];
  const isChosen = (name: string): boolean => names.some((other) => folded(other) === folded(name));
  const offered = tags.filter(({ name }) => folded(name).includes(part) && !isChosen(name)).slice(0, shown);
  const isNew = isAdding && parsed.success && !tags.some(({ name }) => folded(name) === part) && !isChosen(parsed.data);
  const add = (name: string) => {
    setNames([...names, name]);
    setTyped('');
    setIsEmpty(false);
  };
  /** What is typed, when it is a tag that may be chosen. */
  const pending = (): string | undefined =>
    offered.find(({ name }) => folded(name) === part)?.name ?? (isNew ? parsed.data : undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter' || typed.trim() === '') return;
    event.preventDefault();
    const name = pending() ?? (isAdding ? undefined : offered[0]?.name);
    if (name !== undefined && !isFull) add(name);
  };
  const submit = () => {
    const more = typed.trim() === '' || isFull ? undefined : pending();
    const all = more === undefined ? names : [...names, more];
    if (all.length === 0) setIsEmpty(true);
    else onAct({ act: isAdding ? 'add_tags' : 'remove_tags', tags: all.map((name) => ({ name })) });
  };
  const fault = isTooLong ? t('bulk.tags.length', { max: tagMaximumLength }) : isEmpty ? t('error.required') : null;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {names.length === 0 ? null : (
        <ul className="choice-chips">
          {names.map((name) => (
            <li key={name}>
              <Button
                rightSection={<IconX size={12} stroke={1.8} />}
                aria-label={t('bulk.tags.drop', { name })}
                onClick={() => setNames(names.filter((other) => other !== name))}
              >
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        label={t('bulk.tags')}
        description={t(isAdding ? 'bulk.tags.add.hint' : 'bulk.tags.remove.hint')}
        data-autofocus
        autoComplete="off"
        value={typed}
        disabled={isFull}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={fault}
      />
      {isFull ? null : (
        <ul className="choice-chips">
          {offered.map(({ id, name }) => (
            <li key={id}>
              <Button onClick={() => add(name)}>{name}</Button>
            </li>
          ))}
          {isNew ? (
            <li>
              <Button onClick={() => add(parsed.data)}>{t('bulk.tags.create', { name: parsed.data })}</Button>
            </li>
          ) : null}
        </ul>
      )}
      {!isAdding && known.data?.items.length === 0 ? <p className="quiet">{t('bulk.tags.none')}</p> : null}
      <InlineError error={known.error} />
      {actions(t('bulk.preview'))}
    </form>
  );
}
