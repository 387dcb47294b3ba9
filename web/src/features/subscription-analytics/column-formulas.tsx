import { type Section, sectionColumns } from '@hub/contract/subscription-metrics';
import { useText } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';

/** The (i) of a table: how each of its columns is counted. */
export function ColumnFormulas({ section }: { section: Section }) {
  const { t } = useText();
  const name = t(`analytics.table.${section}`);
  return (
    <FormulaPopover name={name} label={t('analytics.formula.columns', { name })}>
      {() => (
        <>
          <dl className="column-formulas">
            {sectionColumns[section].map((key) => (
              <div key={key}>
                <dt>{t(`analytics.col.${key}`)}</dt>
                <dd>{t(`analytics.col.${key}.formula`)}</dd>
              </div>
            ))}
          </dl>
          <p className="help">{t('analytics.formula.letters')}</p>
        </>
      )}
    </FormulaPopover>
  );
}
