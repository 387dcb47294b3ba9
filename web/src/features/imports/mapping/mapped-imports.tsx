import type { MappedImport } from '@hub/contract/import-mappings';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../lib/i18n.ts';
import { State } from '../../../ui/glyph.tsx';

/** What the versions of a mapping brought, and how rows that a wrong one brought are mended. */
export function MappedImports({ imports, total }: { imports: readonly MappedImport[]; total: number }) {
  const { t } = useText();
  if (total === 0) return null;
  return (
    <section className="band stack" aria-labelledby="mapped-imports">
      <h2 id="mapped-imports">{t('mapping.brought')}</h2>
      <p className="wrap">{t('mapping.brought.mend')}</p>
      <ul className="plain-list mapped-imports">
        {imports.map((batch) => (
          <li key={batch.id}>
            <Link to="/imports" search={{ batch: batch.id }} className="mono">
              B-{batch.number}
            </Link>
            <span className="wrap">{batch.fileName}</span>
            <span className="quiet">{t('mappings.version', { version: batch.version })}</span>
            {batch.state === 'undone' ? <State glyph="struck" word={t('imports.state.undone')} /> : null}
          </li>
        ))}
      </ul>
      {total > imports.length ? (
        <p className="quiet">{t('mapping.brought.more', { count: total - imports.length })}</p>
      ) : null}
    </section>
  );
}
