import type { CustomerId } from '@hub/contract/ids';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { signsOf, StatusExplained, statusWord } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { isActive, LicenseTable, sharesByProduct, subscriptionsQuery } from '../subscriptions/index.ts';
import { trialsQuery } from '../trials/index.ts';
import { daysUntil } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { statusHistoryQuery } from './queries.ts';

/** Who needs what today: statuses and why, licenses, contracts in short, whom to ask, and what was before. */
export function OverviewTab({ customer }: { customer: CustomerShown }) {
  const { t } = useText();
  const { may } = useSession();
  const { id, today, next } = customer;
  const signs = signsOf(customer);
  return (
    <>
      <section className="band" aria-labelledby="customer-statuses">
        <h2 id="customer-statuses">{t('customer.statuses')}</h2>
        {signs.length === 0 ? (
          <p className="quiet">{t('customer.statuses.none')}</p>
        ) : (
          <div className="status-grid">
            {signs.map((entry) => (
              <StatusExplained key={entry.status} entry={entry} today={today} next={next} customerId={id} />
            ))}
          </div>
        )}
      </section>
      {may('subscriptions.read') ? <Contracts customer={customer} /> : null}
      <Contact customer={customer} />
      <History customerId={id} />
    </>
  );
}

/** Active subscriptions and trials together, by product; below, how many there are. */
function Contracts({ customer: { id, today, next } }: { customer: CustomerShown }) {
  const { t, f } = useText();
  const [subscriptions, trials] = useQueries({ queries: [subscriptionsQuery(id), trialsQuery(id)] });
  const error = subscriptions.error ?? trials.error;
  if (subscriptions.data === undefined || trials.data === undefined)
    return error === null ? (
      <SkeletonRows rows={4} />
    ) : (
      <ErrorState
        error={error}
        onRetry={() => {
          void subscriptions.refetch();
          void trials.refetch();
        }}
      />
    );
  const running = subscriptions.data.items.filter((each) => isActive(each, today));
  const tried = trials.data.items.filter((each) => isActive(each, today));
  const lines = sharesByProduct([...running, ...tried].flatMap((contract) => contract.lines));
  return (
    <section className="band stack" aria-labelledby="customer-licenses">
      <div className="section-head">
        <h2 id="customer-licenses">{t('customer.licenses')}</h2>
        <span className="quiet">{t('customer.licenses.of')}</span>
      </div>
      <LicenseTable name={t('customer.licenses')} lines={lines} isTried={tried.length > 0} />
      <p className="row">
        <Link to="/customers/$customerId" params={{ customerId: id }} search={{ tab: 'subscriptions' }}>
          {t('customer.activeSubscriptions', { active: running.length, all: subscriptions.data.items.length })}
        </Link>
        <Link to="/customers/$customerId" params={{ customerId: id }} search={{ tab: 'trials' }}>
          {t('customer.runningTrials', { active: tried.length, all: trials.data.items.length })}
        </Link>
        {next === null ? null : (
          <span className="quiet" title={f.date(next.on)}>
            {t(next.verb === 'renews' ? 'customer.next.renews' : 'customer.next.ends', {
              reference: next.reference ?? '',
              date: f.date(next.on),
              days: Math.max(0, daysUntil(today, next.on)),
            })}
          </span>
        )}
      </p>
    </section>
  );
}

function Contact({ customer: { contact, lastSignIn } }: { customer: CustomerShown }) {
  const { t, f } = useText();
  const { name, email, phone } = contact;
  const signIn = !lastSignIn.isKnown
    ? t('signin.unknown')
    : lastSignIn.on === null
      ? t('signin.never')
      : f.date(lastSignIn.on);
  return (
    <section className="band" id="contact" aria-labelledby="customer-contact">
      <h2 id="customer-contact">{t('customer.contact')}</h2>
      <dl className="facts">
        {name === '' ? null : (
          <>
            <dt>{t('common.name')}</dt>
            <dd>{name}</dd>
          </>
        )}
        {email === '' ? null : (
          <>
            <dt>{t('common.email')}</dt>
            <dd>
              <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>{email}</a>
            </dd>
          </>
        )}
        {phone === '' ? null : (
          <>
            <dt>{t('customer.phone')}</dt>
            <dd>
              <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>
            </dd>
          </>
        )}
        {name === '' && email === '' && phone === '' ? (
          <>
            <dt>{t('customer.contact')}</dt>
            <dd className="quiet">{t('customer.contact.none')}</dd>
          </>
        ) : null}
        <dt>{t('signin.last')}</dt>
        <dd>{signIn}</dd>
      </dl>
    </section>
  );
}

function History({ customerId }: { customerId: CustomerId }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(statusHistoryQuery(customerId));
  return (
    <section className="band" aria-labelledby="customer-history">
      <h2 id="customer-history">{t('customer.history')}</h2>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? <p className="quiet">{t('customer.history.none')}</p> : null}
      {data === undefined || data.items.length === 0 ? null : (
        <table className="status-history" aria-labelledby="customer-history">
          <thead>
            <tr>
              <th scope="col">{t('customer.history.status')}</th>
              <th scope="col">{t('customer.history.from')}</th>
              <th scope="col">{t('customer.history.until')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ status, beganOn, endedOn }) => (
              <tr key={`${status} ${beganOn}`}>
                <th scope="row">{statusWord(status, t)}</th>
                <td className="num">{f.date(beganOn)}</td>
                <td className="num">
                  {endedOn === null ? <span className="strong">{t('customer.history.now')}</span> : f.date(endedOn)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
