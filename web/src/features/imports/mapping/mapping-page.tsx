import { Button, TextInput } from '@mantine/core';
import { ImportId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { type Edited, MappingEditor } from './mapping-editor.tsx';
import { draftQuery, previewQuery, useApplyMapping } from './queries.ts';
import type { Draft } from './sources.ts';

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
        intro={
          typeof data?.savedAs === 'string' ? t('mapping.intro.saved', { name: data.savedAs }) : t('mapping.intro')
        }
      >
        <Button renderRoot={(props: object) => <Link {...props} to="/imports" />}>{t('mapping.back')}</Button>
      </PageHead>
      {data === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <ForImport key={String(data.hasHeader)} importId={importId} draft={data} onHeader={setHasHeader} />
      )}
    </>
  );
}

/** Saving lets the import go on. */
function ForImport({
  importId,
  draft,
  onHeader,
}: {
  importId: ImportId;
  draft: Draft;
  onHeader: (hasHeader: boolean) => void;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const apply = useApplyMapping(importId);
  const [name, setName] = useState(draft.name);
  const save = ({ mapping, isWhole }: Edited): void => {
    if (name.trim() === '' || !isWhole) return;
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
    <MappingEditor
      draft={draft}
      onHeader={onHeader}
      previewOf={({ mapping, isWhole }) => previewQuery({ importId }, mapping, isWhole)}
      onSave={save}
    >
      {(isTried) => (
        <>
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
        </>
      )}
    </MappingEditor>
  );
}
