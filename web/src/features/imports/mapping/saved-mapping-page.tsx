import { Button, TextInput } from '@mantine/core';
import { MappingId } from '@hub/contract/ids';
import type { getSavedMapping } from '@hub/contract/import-mappings';
import type { ReplyOf } from '@hub/contract/endpoint';
import { ShippedMapping } from '@hub/contract/import-mappings';
import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { Glyph } from '../../../ui/glyph.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useSession } from '../../sessions/index.ts';
import { GivenFile, type GivenHead } from './given-file.tsx';
import { MappedImports } from './mapped-imports.tsx';
import { type Edited, MappingEditor } from './mapping-editor.tsx';
import { previewQuery, savedMappingQuery, useChangeMapping } from './queries.ts';

type Saved = ReplyOf<typeof getSavedMapping>;

/** A mapping that was saved, or that the hub brings: changed here, and saved as its next version or as a copy. */
export function SavedMappingPage() {
  const { t } = useText();
  const { mappingId } = useParams({ from: '/frame/imports/mappings/$mappingId' });
  const id = MappingId.safeParse(mappingId).data ?? ShippedMapping.safeParse(mappingId).data;
  useTitle(t('mapping.change'));
  return (
    <div className="page mapping">
      {id === undefined ? <EmptyState title={t('error.mapping_not_found')} /> : <Loaded key={id} id={id} />}
    </div>
  );
}

function Loaded({ id }: { id: MappingId | ShippedMapping }) {
  const { t } = useText();
  const session = useSession();
  const [file, setFile] = useState<GivenHead | undefined>();
  const [region, setRegion] = useState<RegionCode>(session.partner.homeRegion);
  const [hasHeader, setHasHeader] = useState<boolean | undefined>();
  const [name, setName] = useState<string | undefined>();
  const { data, error, refetch, isPlaceholderData } = useQuery(
    savedMappingQuery(id, {
      ...(file === undefined ? {} : { head: file.head }),
      ...(hasHeader === undefined ? {} : { hasHeader }),
    }),
  );
  return (
    <>
      <PageHead
        title={data === undefined ? t('mapping.change') : t('mapping.change.of', { name: data.name })}
        intro={introOf(data, t)}
      >
        <Button renderRoot={(props: object) => <Link {...props} to="/imports" />}>{t('mapping.back')}</Button>
      </PageHead>
      {data === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <>
          <div className="band stack">
            <GivenFile
              file={file}
              region={region}
              regions={session.regions}
              onRegion={setRegion}
              onFile={(chosen) => {
                setHasHeader(undefined);
                setFile(chosen);
              }}
            />
            {data.mapping !== null && data.hasSameColumns === false && !isPlaceholderData ? (
              <output className="with-icon wrap">
                <Glyph name="warning" />
                {t('mapping.given.other')}
              </output>
            ) : null}
            <InlineError error={error} />
          </div>
          <Changed
            key={`${file?.number ?? 0} ${data.hasHeader} ${isPlaceholderData}`}
            id={id}
            saved={data}
            file={file}
            region={region}
            name={name ?? data.name}
            onName={setName}
            onHeader={file === undefined ? undefined : setHasHeader}
          />
          <MappedImports imports={data.imports} total={data.totalImports} />
        </>
      )}
    </>
  );
}

function introOf(saved: Saved | undefined, t: ReturnType<typeof useText>['t']): string {
  if (saved === undefined) return '';
  return saved.mapping === null
    ? t('mapping.change.shipped')
    : t('mapping.change.intro', { version: saved.mapping.version, next: saved.mapping.version + 1 });
}

function Changed({
  id,
  saved,
  file,
  region,
  name,
  onName,
  onHeader,
}: {
  id: MappingId | ShippedMapping;
  saved: Saved;
  file: GivenHead | undefined;
  region: RegionCode;
  /** Of the copy. */
  name: string;
  onName: (name: string) => void;
  onHeader: ((hasHeader: boolean) => void) | undefined;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const change = useChangeMapping(id);
  const isCopy = saved.mapping === null;
  const save = ({ mapping, isWhole }: Edited): void => {
    if (!isWhole || (isCopy && (name.trim() === '' || file === undefined))) return;
    const given = file === undefined ? {} : { head: file.head };
    change.mutate(
      { mapping, ...given, ...(isCopy ? { name: name.trim() } : {}) },
      {
        onSuccess: (next) => {
          toast({ glyph: 'done', title: t('mapping.change.saved', { name: next.name, version: next.version }) });
          void navigate({ to: '/imports/mappings/$mappingId', params: { mappingId: next.id }, replace: true });
        },
      },
    );
  };
  return (
    <MappingEditor
      draft={saved}
      onHeader={onHeader}
      previewOf={({ mapping, isWhole }) =>
        previewQuery(file === undefined ? undefined : { region, head: file.head }, mapping, isWhole)
      }
      onSave={save}
    >
      {(isTried) => (
        <>
          <div className="mapping-save">
            {isCopy ? (
              <TextInput
                label={t('mapping.name')}
                description={t('mapping.name.hint')}
                maxLength={60}
                value={name}
                error={isTried && name.trim() === '' ? t('error.required') : null}
                onChange={({ currentTarget }) => onName(currentTarget.value)}
              />
            ) : null}
            <Button type="submit" variant="filled" loading={change.isPending}>
              {isCopy
                ? t('mapping.copy.save')
                : t('mapping.change.save', { version: (saved.mapping?.version ?? 0) + 1 })}
            </Button>
          </div>
          {isCopy && file === undefined ? (
            <output className={isTried ? 'mapping-fault' : 'quiet'}>{t('mapping.copy.needsFile')}</output>
          ) : null}
          <InlineError error={change.error} />
        </>
      )}
    </MappingEditor>
  );
}
