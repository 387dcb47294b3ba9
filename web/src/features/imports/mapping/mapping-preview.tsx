import type { MappingField, previewMapping } from '@hub/contract/import-mappings';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useText } from '../../../lib/i18n.ts';
import { Glyph } from '../../../ui/glyph.tsx';

export type Preview = ReplyOf<typeof previewMapping>;

/** What the first rows of the file become. */
export function MappingPreview({ preview, fields }: { preview: Preview; fields: readonly MappingField[] }) {
  const { t, f } = useText();
  const headOf = (name: string): string => fields.find((field) => field.name === name)?.header ?? name;
  return (
    <section className="panel-section">
      <h2>{t('mapping.preview')}</h2>
      <output className="quiet">
        {t('mapping.preview.count', {
          read: preview.read,
          good: preview.read - preview.rejected,
          rejected: preview.rejected,
        })}
      </output>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, by keyboard too */}
      <section className="mapping-scroller" tabIndex={0} aria-label={t('mapping.preview')}>
        <table className="mapping-preview" aria-label={t('mapping.preview')}>
          <thead>
            <tr>
              <th scope="col" data-number>
                {t('mapping.preview.row')}
              </th>
              {preview.fields.map(({ name }) => (
                <th key={name} scope="col" lang="en" className="mono">
                  {headOf(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map(({ row, values, rejectedFor }) => (
              <tr key={row} data-rejected={rejectedFor === null ? undefined : true}>
                <td data-number className="num">
                  {rejectedFor === null ? null : (
                    <span className="mapping-rejected" title={t('mapping.preview.rejected')}>
                      <Glyph name="failed" />
                      <span className="unseen">{t('mapping.preview.rejected')}</span>
                    </span>
                  )}
                  {f.number(row)}
                </td>
                {preview.fields.map(({ name }, index) => (
                  <td
                    key={name}
                    className="mono"
                    data-fault={rejectedFor?.includes(name) || undefined}
                    title={values[index] ?? ''}
                    lang={(values[index] ?? null) === null ? undefined : ''}
                  >
                    {values[index] ?? <span className="quiet">{t('mapping.preview.empty')}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
