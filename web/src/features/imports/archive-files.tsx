import type { ImportBatch } from '@hub/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { stateWords } from './batch-words.ts';
import { archiveQuery } from './queries.ts';

/** The files of a ZIP, each with what became of it; the last of them where there are very many. */
export function ArchiveFiles({ archive }: { archive: ImportBatch }) {
  const { t } = useText();
  const { data, error } = useQuery(archiveQuery(archive.id));
  const files = data?.items.toReversed() ?? [];
  const hidden = (data?.total ?? 0) - files.length;
  return (
    <section className="panel-section">
      <h3>{t('batch.archive')}</h3>
      <InlineError error={error} />
      <ul className="plain-list">
        {files.map((batch) => (
          <li key={batch.id} className="wrap">
            <Link
              from="/imports"
              to="/imports"
              search={(search) => ({ ...search, batch: batch.id })}
              className="mono batch-link"
            >
              B-{batch.number}
            </Link>{' '}
            {batch.fileName.slice(archive.fileName.length).replace(/^ \/ /, '')} <State {...stateWords(batch, t)} />
          </li>
        ))}
      </ul>
      {hidden > 0 ? <p className="quiet">{t('upload.queue.more', { count: hidden })}</p> : null}
    </section>
  );
}
