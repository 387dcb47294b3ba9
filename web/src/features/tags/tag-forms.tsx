import { Button, Select, TextInput } from '@mantine/core';
import { type Tag, tagDescriptionMaximum, tagMaximumLength, TagName } from '@hub/contract/customer-tags';
import { visible } from '@hub/contract/given-names';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { ColorChoice } from './color-choice.tsx';
import { useChangeTag, useMergeTag } from './queries.ts';
import { useUndo } from './use-undo.ts';

/** Renames a tag, recolors it, says what it means. It stays the same tag of the same holders. */
export function EditTagForm({ tag, onDone }: { tag: Tag; onDone: () => void }) {
  const { t } = useText();
  const change = useChangeTag();
  const [name, setName] = useState(tag.name);
  const [color, setColor] = useState(tag.color);
  const [description, setDescription] = useState(tag.description);
  const parsed = TagName.safeParse(name);
  const isLong = description.trim().length > tagDescriptionMaximum;
  const fault = visible(name) === '' ? t('error.required') : t('tagging.length', { max: tagMaximumLength });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!parsed.success || isLong) return;
        const body = { name: parsed.data, color, description };
        change.mutate({ params: { tagId: tag.id }, body }, { onSuccess: onDone });
      }}
    >
      <TextInput
        label={t('common.name')}
        ref={focusField}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={parsed.success ? null : fault}
      />
      <ColorChoice value={color} onChange={setColor} />
      <TextInput
        label={`${t('tagging.description')} (${t('common.optional')})`}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={isLong ? t('error.tooLong', { max: tagDescriptionMaximum }) : null}
      />
      <InlineError error={change.error} />
      <div className="row">
        <Button type="submit" variant="filled" loading={change.isPending}>
          {t('action.save')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

/** Gives every holder another tag instead. It says what happens before it does. */
export function MergeTagForm({
  tag,
  others,
  holders,
  onDone,
}: {
  tag: Tag;
  others: readonly Tag[];
  /** How many have it, in words. */
  holders: string;
  onDone: () => void;
}) {
  const { t } = useText();
  const merge = useMergeTag();
  const offerUndo = useUndo();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const into = others.find(({ id }) => id === chosen);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (into === undefined) return;
        void merge.mutateAsync({ params: { tagId: tag.id }, body: { intoTagId: into.id } }).then(
          () => {
            offerUndo(tag, t('tagging.merged', { name: tag.name, into: into.name }));
            onDone();
          },
          () => undefined, // told below the fields
        );
      }}
    >
      <Select
        label={t('tagging.mergeInto', { name: tag.name })}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        ref={focusField}
        value={chosen}
        onChange={setChosen}
        error={isTried && into === undefined ? t('error.required') : null}
      />
      {into === undefined ? null : (
        <p className="wrap">{t('tagging.merge.body', { holders, name: tag.name, into: into.name })}</p>
      )}
      <InlineError error={merge.error} />
      <div className="row">
        <Button type="submit" variant="filled" loading={merge.isPending}>
          {t('tagging.merge')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

/** The field that a press of a button brought. */
const focusField = (field: HTMLInputElement | null): void => field?.focus();
