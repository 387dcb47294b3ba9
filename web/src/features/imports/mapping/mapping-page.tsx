import { Button, Checkbox, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ColumnMapping } from '@hub/contract/import-mappings';
import { ImportId } from '@hub/contract/ids';
import type { FeedCode } from '@hub/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { reasonText } from '../batch-words.ts';
import { FieldRow } from './field-row.tsx';
import './mapping.css';
import { MappingPreview, type Preview } from './mapping-preview.tsx';
import { draftQuery, previewQuery, useApplyMapping } from './queries.ts';
import { type Draft, isNeeded, missingFields, shownFields, withSource } from './sources.ts';

const settleMilliseconds = 350;

/** What the columns of an unknown file mean: suggested, tried on its first rows, saved for the next file. */
export function MappingPage() {
  const { t } = useText();
  const { importId } = useParams({ from: '/frame/imports/$importId/columns' });
  const id = ImportId.safeParse(importId).data;
  useTitle(t('mapping.title'));
  return (
    <div className="page mapping">
      {id === undefined ? <EmptyState title={t('error.import_not_found')} /> : <Loaded importId={id} />}
    </div>
  );
}

function Loaded({ importId }: { importId: ImportId }) {
  const { t } = useText();
  const [hasHeader, setHasHeader] = useState<boolean | undefined>();
  const { data, error, refetch } = useQuery(draftQuery(importId, hasHeader));
  return (
    <>
      <PageHead
        title={data === undefined ? t('mapping.title') : t('mapping.title.of', { name: data.fileName })}
        intro={t('mapping.intro')}
      >
        <Button renderRoot={(props: object) => <Link {...props} to="/imports" />}>{t('mapping.back')}</Button>
      </PageHead>
      {data === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <Editor key={String(data.hasHeader)} importId={importId} draft={data} onHeader={setHasHeader} />
      )}
    </>
  );
}

const suggestedFor = ({ feeds }: Draft, feed: FeedCode): ColumnMapping | undefined =>
  feeds.find((entry) => entry.feed === feed)?.suggested;

function Editor({
  importId,
  draft,
  onHeader,
}: {
  importId: ImportId;
  draft: Draft;
  onHeader: (hasHeader: boolean) => void;
}) {
  const { t, f } = useText();
  const navigate = useNavigate();
  const apply = useApplyMapping(importId);
  const [mapping, setMapping] = useState<ColumnMapping>(
    () =>
      suggestedFor(draft, draft.likeliest) ?? {
        feed: draft.likeliest,
        hasHeader: draft.hasHeader,
        skipRows: 0,
        fields: {},
      },
  );
  const [name, setName] = useState(draft.name);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [isTried, setIsTried] = useState(false);
  const [settled] = useDebouncedValue(mapping, settleMilliseconds);
  const ofFeed = draft.feeds.find(({ feed }) => feed === mapping.feed);
  const missingIn = (asked: ColumnMapping): string | undefined =>
    ofFeed === undefined || ofFeed.feed !== asked.feed ? undefined : missingFields(ofFeed, asked);
  const missing = missingIn(mapping);
  const preview = useQuery(previewQuery(importId, settled, missingIn(settled) === undefined));
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
        reason: reasonText({ reason: found.reason, data: {} }, t, f),
      });
    return found.emptied > 0 ? t('mapping.emptied', { count: found.emptied }) : undefined;
  };
  const submit = (): void => {
    setIsTried(true);
    if (name.trim() === '' || missing !== undefined) return;
    apply.mutate(
      { name: name.trim(), mapping },
      {
        onSuccess: (batch) => {
          toast({ glyph: 'running', title: t('batch.retried', { name: batch.fileName }) });
          void navigate({ to: '/imports', search: { batch: batch.id } });
        },
      },
    );
  };
  return (
    <form
      className="band stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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
          onChange={({ currentTarget }) => onHeader(currentTarget.checked)}
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
      <div className="mapping-save">
        <TextInput
          label={t('mapping.name')}
          description={t('mapping.name.hint')}
          maxLength={60}
          value={name}
          error={isTried && name.trim() === '' ? t('error.required') : null}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" variant="filled" loading={apply.isPending}>
          {t('mapping.save')}
        </Button>
      </div>
      <InlineError error={apply.error} />
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
