import { Checkbox, NativeSelect, NumberInput, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ColumnMapping } from '@hub/contract/import-mappings';
import type { FeedCode } from '@hub/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { InlineError } from '../../../ui/states.tsx';
import { reasonGroupText } from '../batch-words.ts';
import { FieldRow } from './field-row.tsx';
import './mapping.css';
import { MappingPreview, type Preview } from './mapping-preview.tsx';
import type { previewQuery } from './queries.ts';
import { type Draft, isNeeded, missingFields, shownFields, withSource } from './sources.ts';

const settleMilliseconds = 350;

const suggestedFor = ({ feeds }: Draft, feed: FeedCode): ColumnMapping | undefined =>
  feeds.find((entry) => entry.feed === feed)?.suggested;

/** What is edited, and whether it may be saved as it is. */
export interface Edited {
  mapping: ColumnMapping;
  isWhole: boolean;
}

/** Our fields, the columns that they come from, and what the first rows become by that. */
export function MappingEditor({
  draft,
  onHeader,
  previewOf,
  onSave,
  children,
}: {
  draft: Draft;
  /** Absent: without the file nobody knows its first row. */
  onHeader?: ((hasHeader: boolean) => void) | undefined;
  previewOf: (edited: Edited) => ReturnType<typeof previewQuery>;
  onSave: (edited: Edited) => void;
  /** What else saving asks; `isTried`: somebody tried already. */
  children: (isTried: boolean) => ReactNode;
}) {
  const { t } = useText();
  const [mapping, setMapping] = useState<ColumnMapping>(
    () =>
      suggestedFor(draft, draft.likeliest) ?? {
        feed: draft.likeliest,
        hasHeader: draft.hasHeader,
        skipRows: 0,
        fields: {},
      },
  );
  const [added, setAdded] = useState<readonly string[]>([]);
  const [isTried, setIsTried] = useState(false);
  const [settled] = useDebouncedValue(mapping, settleMilliseconds);
  const ofFeed = draft.feeds.find(({ feed }) => feed === mapping.feed);
  const missingIn = (asked: ColumnMapping): string | undefined =>
    ofFeed === undefined || ofFeed.feed !== asked.feed ? undefined : missingFields(ofFeed, asked);
  const missing = missingIn(mapping);
  const preview = useQuery(previewOf({ mapping: settled, isWhole: missingIn(settled) === undefined }));
  const [last, setLast] = useState(preview.data);
  if (preview.data !== undefined && preview.data !== last) setLast(preview.data);
  if (ofFeed === undefined) return null;
  const shown = shownFields(ofFeed, mapping, added);
  const judged = preview.error === null && missing === undefined ? preview.data : undefined;
  const faultOf = (field: string): string | undefined => {
    const found = judged?.fields.find((entry) => entry.name === field);
    if (found === undefined) return undefined;
    if (found.rejected > 0 && found.reason !== null)
      return t('mapping.fault', {
        count: found.rejected,
        value: found.example ?? '',
        reason: reasonGroupText(found.reason, t),
      });
    return found.emptied > 0 ? t('mapping.emptied', { count: found.emptied }) : undefined;
  };
  return (
    <form
      className="band stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        onSave({ mapping, isWhole: missing === undefined });
      }}
    >
      <div className="mapping-top">
        <NativeSelect
          label={t('mapping.feed')}
          value={mapping.feed}
          data={draft.feeds.map(({ feed }) => ({ value: feed, label: t(`feed.${feed}`) }))}
          onChange={({ currentTarget }) => {
            const feed = currentTarget.value as FeedCode;
            setAdded([]);
            setMapping(suggestedFor(draft, feed) ?? { ...mapping, feed, fields: {} });
          }}
        />
        <NumberInput
          label={t('mapping.skip')}
          min={0}
          max={100}
          allowDecimal={false}
          value={mapping.skipRows}
          onChange={(value) => setMapping({ ...mapping, skipRows: Math.min(100, Math.max(0, Number(value) || 0)) })}
        />
        <Checkbox
          label={t('mapping.hasHeader')}
          checked={draft.hasHeader}
          disabled={onHeader === undefined}
          onChange={({ currentTarget }) => onHeader?.(currentTarget.checked)}
        />
      </div>
      <div className="mapping-scroller">
        <table className="mapping-fields" aria-label={t('mapping.fields')}>
          <thead>
            <tr>
              <th scope="col">{t('mapping.col.field')}</th>
              <th scope="col">{t('mapping.col.column')}</th>
              <th scope="col">{t('mapping.col.samples')}</th>
              <th scope="col">{t('mapping.col.reading')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <FieldRow
                key={`${mapping.feed} ${field.name}`}
                draft={draft}
                field={field}
                isNeeded={isNeeded(ofFeed, field.name)}
                source={mapping.fields[field.name]}
                fault={faultOf(field.name)}
                zone={draft.zone}
                onChange={(source) => {
                  if (source === undefined && !added.includes(field.name)) setAdded([...added, field.name]);
                  setMapping(withSource(mapping, field.name, source));
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Select
        className="mapping-add"
        label={t('mapping.add')}
        placeholder={t('mapping.add.placeholder')}
        renderOption={({ option }) => (
          <span className="mono" lang="en">
            {option.label}
          </span>
        )}
        searchable
        limit={100}
        value={null}
        data={ofFeed.fields
          .filter(({ name: field }) => !shown.some((other) => other.name === field))
          .map(({ name: field, header }) => ({ value: field, label: header }))}
        onChange={(chosen) => (chosen === null ? undefined : setAdded([...added, chosen]))}
      />
      {missing === undefined ? null : (
        <output className={isTried ? 'mapping-fault' : 'quiet'}>
          {t('error.mapping_fields_missing', { fields: missing })}
        </output>
      )}
      <InlineError error={preview.error} />
      {last === undefined ? null : (
        <StalePreview isStale={preview.isFetching || judged === undefined} preview={last} fields={ofFeed.fields} />
      )}
      {children(isTried)}
    </form>
  );
}

/** What the rows were by the mapping before, until they are what they are by this one. */
function StalePreview({
  preview,
  fields,
  isStale,
}: {
  preview: Preview;
  fields: Draft['feeds'][number]['fields'];
  isStale: boolean;
}) {
  return (
    <div data-stale={isStale || undefined} className="mapping-preview-frame">
      <MappingPreview preview={preview} fields={fields} />
    </div>
  );
}
