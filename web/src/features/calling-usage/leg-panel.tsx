import type { ReportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { CallPath } from './call-path.tsx';
import { legQuery } from './queries.ts';

interface Field {
  column: string;
  value: string;
  isEmptied: boolean;
}

/** Every field of one call leg, as stored; the empty ones folded away. */
export function LegPanel({
  reportId,
  region,
  startDate,
  onClose,
}: {
  reportId: ReportId;
  region: RegionCode;
  startDate: string;
  onClose: () => void;
}) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(legQuery({ params: { reportId }, query: { region, startDate } }));
  const empty = data?.fields.filter((field) => field.value === '' && !field.isEmptied) ?? [];
  return (
    <SidePanel title={t('leg.title')} name={t('leg.title')} onClose={onClose}>
      {data === undefined && error === null ? <SkeletonRows rows={12} height={28} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <>
          <div>
            <p className="strong num">{f.seconds(data.leg.startTime)} UTC</p>
            <p className="quiet wrap">
              <Link
                to="/customers/$customerId"
                params={{ customerId: data.leg.customerId }}
                className="in-text"
                preload={false}
              >
                {data.leg.customerName}
              </Link>
              {data.leg.location === '' ? '' : `, ${data.leg.location}`}
            </p>
            <p className="help wrap">
              {t('leg.import', { number: `B-${data.importNumber}`, file: data.importFileName })}
            </p>
          </div>
          <CallPath reportId={reportId} region={region} startDate={startDate} />
          <section>
            <h3>{t('leg.record')}</h3>
            <p className="help">{t('leg.record.hint')}</p>
            <Fields fields={data.fields.filter((field) => field.value !== '' || field.isEmptied)} />
          </section>
          {empty.length === 0 ? null : (
            <details className="folded">
              <summary>{t('leg.empty', { count: empty.length })}</summary>
              <Fields fields={empty} />
            </details>
          )}
        </>
      )}
    </SidePanel>
  );
}

function Fields({ fields }: { fields: readonly Field[] }) {
  const { t } = useText();
  return (
    <dl className="fields">
      {fields.map(({ column, value, isEmptied }) => (
        <div key={column}>
          <dt lang="en">{column}</dt>
          <dd>
            {isEmptied ? <span className="bad">{t('leg.emptied')}</span> : null}
            {value === '' ? null : (
              <>
                <span className="wrap grow">{value}</span>
                <CopyButton text={value} name={column} />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
