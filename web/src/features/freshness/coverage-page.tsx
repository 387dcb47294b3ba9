import { CustomerId } from '@hub/contract/ids';
import { regionLabels } from '@hub/contract/regions';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { CustomerCoverage } from './customer-coverage.tsx';
import { coverageQuery } from './queries.ts';

/** One customer's calendar of days with data. */
export function CoveragePage() {
  const { customerId } = useParams({ from: '/frame/data-freshness/$customerId' });
  const id = CustomerId.safeParse(customerId).data;
  return id === undefined ? <NotFoundPage /> : <Loaded customerId={id} />;
}

function Loaded({ customerId }: { customerId: CustomerId }) {
  const { t } = useText();
  const { feed } = useSearch({ from: '/frame/data-freshness/$customerId' });
  const navigate = useNavigate({ from: '/data-freshness/$customerId' });
  const { data } = useQuery(coverageQuery(customerId));
  useTitle(t('nav.dataFreshness'));
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <p>
            <Link
              to="/data-freshness"
              search={data === undefined ? {} : { region: data.region }}
              className="with-icon back"
            >
              <IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />
              {t('fresh.back')}
            </Link>
          </p>
          <h1>{data === undefined ? t('nav.dataFreshness') : data.customerName}</h1>
          {data === undefined ? null : (
            <p className="quiet">
              {regionLabels[data.region]},{' '}
              <Link to="/customers/$customerId" params={{ customerId }} search={{}}>
                {t('fresh.openCustomer')}
              </Link>
            </p>
          )}
        </div>
      </header>
      <CustomerCoverage
        customerId={customerId}
        feed={feed}
        onFeed={(next) => void navigate({ search: { feed: next }, replace: true })}
      />
    </div>
  );
}
