import type { RejectedRecord } from '@hub/contract/record-imports';
import { useText } from '../../lib/i18n.ts';
import { rejectionText } from './rejection-words.ts';

const shown = 200;

/** Where each row went wrong, what stands there, and why. */
export function RejectionTable({ rejections, total }: { rejections: readonly RejectedRecord[]; total: number }) {
  const { t, f } = useText();
  const rows = rejections.slice(0, shown);
  return (
    <div>
      <h3>{t('records.rejections')}</h3>
      {total > rows.length ? <p className="help">{t('count.shown', { shown: rows.length, total })}</p> : null}
      <div className="record-scroller">
        <table className="record-rejections" aria-label={t('records.rejections')}>
          <thead>
            <tr>
              <th scope="col" data-number>
                {t('records.col.line')}
              </th>
              <th scope="col">{t('records.col.column')}</th>
              <th scope="col">{t('records.col.value')}</th>
              <th scope="col">{t('records.col.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((rejection, index) => (
              <tr key={`${rejection.line} ${rejection.column} ${index}`}>
                <td data-number className="num">
                  {f.number(rejection.line)}
                </td>
                <td className="wrap" lang="en">
                  {rejection.column}
                </td>
                <td className="mono wrap">{rejection.value}</td>
                <td className="wrap">{rejectionText(rejection, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
