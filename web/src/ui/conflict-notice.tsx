import { useEffect, useId, useRef } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useText } from '../lib/i18n.ts';
import { Glyph } from './glyph.tsx';
import { type Conflict, type ConflictField, isSame } from './use-conflict.ts';

/** What somebody else changed while this form was open, field by field, and which of the two values is to be saved. */
export function ConflictNotice<V extends FieldValues>({
  form,
  conflict,
  onChoose,
}: {
  form: UseFormReturn<V>;
  conflict: Conflict<V> | null;
  onChoose: (field: ConflictField<V>, from: V) => void;
}) {
  const { t } = useText();
  const now = form.watch();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (conflict === null) return;
    box.current?.scrollIntoView({ block: 'nearest' }); // below the fold of a long form
    box.current?.focus({ preventScroll: true }); // the button that was pressed lost it while it waited
  }, [conflict]);
  if (conflict === null) return null;
  const { fields, mine, theirs } = conflict;
  return (
    <div className="notice conflict focus-place" role="alert" tabIndex={-1} ref={box}>
      <Glyph name="warning" />
      <div className="grow stack">
        <div>
          <p className="strong">{t('conflict.title')}</p>
          <p>{t(fields.length === 0 ? 'conflict.nothing' : 'conflict.hint')}</p>
        </div>
        {fields.map((field) => (
          <Field
            key={field.label}
            label={field.label}
            theirs={field.text(theirs)}
            mine={field.text(mine)}
            isTheirs={isSame(field, now, theirs)}
            onTheirs={() => onChoose(field, theirs)}
            onMine={() => onChoose(field, mine)}
          />
        ))}
      </div>
    </div>
  );
}

function Field({
  label,
  theirs,
  mine,
  isTheirs,
  onTheirs,
  onMine,
}: {
  label: string;
  theirs: string;
  mine: string;
  isTheirs: boolean;
  onTheirs: () => void;
  onMine: () => void;
}) {
  const { t } = useText();
  const name = useId();
  const shown = (text: string): string => (text === '' ? t('conflict.empty') : text);
  return (
    <fieldset className="conflict-field">
      <legend className="strong">{label}</legend>
      <label>
        <input type="radio" name={name} checked={isTheirs} onChange={onTheirs} />
        <span className="wrap">{t('conflict.theirs', { value: shown(theirs) })}</span>
      </label>
      {mine === theirs ? null : (
        <label>
          <input type="radio" name={name} checked={!isTheirs} onChange={onMine} />
          <span className="wrap">{t('conflict.mine', { value: shown(mine) })}</span>
        </label>
      )}
    </fieldset>
  );
}
