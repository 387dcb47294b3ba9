import { RenewalStage } from '@hub/contract/renewal-rules';
import { type RenewalRow, renewalNoteLength } from '@hub/contract/renewals';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ownersQuery, type WorkChange } from './queries.ts';
import { fieldText, type WorkField } from './renewal-words.ts';
import type { Save } from './use-work.ts';

/** A field of the work that is written where it stands: Enter or a click opens it, Enter saves, Escape leaves it as it was. */
export function WorkCell({
  row,
  field,
  save,
  spoken,
  children,
}: {
  row: RenewalRow;
  field: WorkField;
  /** Absent: it may be read only. */
  save: Save | undefined;
  /** What is shown instead of the field's own text, and how that is said. */
  children?: ReactNode;
  spoken?: string;
}) {
  const { t } = useText();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  // What was not saved is there when the field opens again.
  const [draft, setDraft] = useState<WorkChange>({});
  const isKept = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  const returns = useRef(false);
  useEffect(() => {
    if (isOpen || !returns.current) return;
    returns.current = false;
    button.current?.focus({ preventScroll: true });
  }, [isOpen]);
  const text = fieldText(field, row.work, t);
  const shown = children ?? (text === '' ? <span className="quiet">{t('renewals.note.add')}</span> : text);
  const open = () => {
    isKept.current = false;
    setIsOpen(true);
  };
  if (save === undefined) return children ?? <span title={text}>{text}</span>;
  if (!isOpen)
    return (
      <button
        type="button"
        ref={button}
        className="work-cell"
        title={text}
        aria-label={t('renewals.edit', {
          field: t(`renewals.${field}`),
          value: spoken === undefined ? text : `${spoken}, ${text}`,
          reference: row.reference,
        })}
        aria-busy={isSaving || undefined}
        data-none={(field === 'owner' && row.work.owner === null) || undefined}
        // Who may own it is there when the field opens, so that a name can be typed at once.
        onFocus={
          field === 'owner' ? () => void client.query(ownersQuery(row.customerId)).catch(() => undefined) : undefined
        }
        onClick={open}
      >
        {shown}
      </button>
    );
  const close = (isByKey: boolean) => {
    returns.current = isByKey;
    setIsOpen(false);
  };
  // A field that goes away while it has the focus is left once more.
  const keep: Keep = (change, isByKey) => {
    if (isKept.current) return;
    isKept.current = true;
    close(isByKey);
    setDraft({});
    if (change === undefined) return;
    setIsSaving(true);
    void save(row, field, change).then((isSaved) => {
      setIsSaving(false);
      if (isSaved) return;
      setDraft(change);
      open();
    });
  };
  const editor = {
    row,
    draft,
    label: t('renewals.edit.field', { field: t(`renewals.${field}`), reference: row.reference }),
    keep,
  };
  return (
    // Keys of the table would leave the field.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only holds keys back that its field has handled
    <div className="work-edit" onKeyDown={(event) => event.stopPropagation()}>
      {field === 'stage' ? <StageEditor {...editor} /> : null}
      {field === 'owner' ? <OwnerEditor {...editor} /> : null}
      {field === 'noticeDays' ? <NoticeEditor {...editor} /> : null}
      {field === 'note' ? <NoteEditor {...editor} /> : null}
    </div>
  );
}

type Keep = (change: WorkChange | undefined, isByKey: boolean) => void;
interface EditorProps {
  row: RenewalRow;
  draft: WorkChange;
  label: string;
  keep: Keep;
}

/** Chosen with the keyboard it is saved with Enter or on the way out; with the mouse at once. */
function Choice({
  label,
  value,
  options,
  onKeep,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onKeep: (value: string | undefined, isByKey: boolean) => void;
}) {
  const [chosen, setChosen] = useState(value);
  const isByKey = useRef(false);
  const changed = (next: string) => (next === value ? undefined : next);
  return (
    <select
      className="work-select"
      aria-label={label}
      value={chosen}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
      autoFocus
      onChange={({ currentTarget }) => {
        setChosen(currentTarget.value);
        if (!isByKey.current) onKeep(changed(currentTarget.value), true);
      }}
      onPointerDown={() => (isByKey.current = false)}
      onKeyDown={(event) => {
        isByKey.current = true;
        if (event.key === 'Escape') leave(event, () => onKeep(undefined, true));
        if (event.key === 'Enter') leave(event, () => onKeep(changed(chosen), true));
      }}
      onBlur={() => onKeep(changed(chosen), false)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function leave(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

function StageEditor({ row, label, keep }: EditorProps) {
  const { t } = useText();
  return (
    <Choice
      label={label}
      value={row.work.stage}
      options={RenewalStage.options.map((stage) => ({ value: stage, label: t(`renewals.stage.${stage}`) }))}
      onKeep={(value, isByKey) => {
        const stage = RenewalStage.safeParse(value).data;
        keep(stage === undefined ? undefined : { stage }, isByKey);
      }}
    />
  );
}

function OwnerEditor({ row, label, keep }: EditorProps) {
  const { t } = useText();
  const { data } = useQuery(ownersQuery(row.customerId));
  const { owner } = row.work;
  const owners = data?.items ?? [];
  const isListed = owner === null || owners.some(({ personId }) => personId === owner.personId);
  const all = isListed ? owners : [owner, ...owners];
  return (
    <Choice
      label={label}
      value={owner?.personId ?? ''}
      options={[
        { value: '', label: t('renewals.owner.nobody') },
        ...all.map(({ personId, name }) => ({ value: personId, label: name })),
      ]}
      onKeep={(value, isByKey) =>
        keep(
          value === undefined ? undefined : { owner: all.find(({ personId }) => personId === value) ?? null },
          isByKey,
        )
      }
    />
  );
}

const mostNoticeDays = 365;

function NoticeEditor({ row, draft, label, keep }: EditorProps) {
  const [typed, setTyped] = useState(String(draft.noticeDays ?? row.work.noticeDays));
  const days = Number(typed);
  const isRight = /^\d+$/.test(typed) && days <= mostNoticeDays;
  const change = isRight && days !== row.work.noticeDays ? { noticeDays: days } : undefined;
  return (
    <input
      type="number"
      className="work-input num"
      min={0}
      max={mostNoticeDays}
      aria-label={label}
      aria-invalid={!isRight || undefined}
      value={typed}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave(event, () => keep(undefined, true));
        if (event.key === 'Enter' && isRight) leave(event, () => keep(change, true));
      }}
      onBlur={() => keep(change, false)}
    />
  );
}

function NoteEditor({ row, draft, label, keep }: EditorProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(draft.note ?? row.work.note);
  const change = typed.trim() === row.work.note ? undefined : { note: typed.trim() };
  return (
    <textarea
      className="work-input"
      aria-label={label}
      title={t('renewals.note.keys')}
      maxLength={renewalNoteLength}
      rows={3}
      onFocus={({ currentTarget }) => currentTarget.setSelectionRange(typed.length, typed.length)}
      value={typed}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
      autoFocus
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave(event, () => keep(undefined, true));
        if (event.key === 'Enter' && !event.shiftKey) leave(event, () => keep(change, true));
      }}
      onBlur={() => keep(change, false)}
    />
  );
}
