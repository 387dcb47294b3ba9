import { lazy, Suspense } from 'react';
import { signsOf, StatusExplained } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText, withWords } from '../../lib/i18n.ts';
import { SkeletonRows } from '../../ui/states.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { StatusHistory } from './status-history.tsx';

const HealthPanel = lazy(async () => ({
  default: (await withWords(['health'], import('../health-score/index.ts'))).HealthPanel,
}));
// Its tables come with their own code.
const ContractsSummary = lazy(async () => ({ default: (await import('./contracts-summary.tsx')).ContractsSummary }));

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
      {may('subscriptions.read') ? (
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <ContractsSummary customer={customer} />
          {customer.kind === 'owned' ? <HealthPanel customerId={id} /> : null}
        </Suspense>
      ) : null}
      <Contact customer={customer} />
      <StatusHistory customerId={id} />
    </>
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
