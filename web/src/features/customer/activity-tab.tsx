import type { CustomerId } from '@hub/contract/ids';
import { Link } from '@tanstack/react-router';
import { AuditList } from '../audit/index.ts';
import { useText } from '../../lib/i18n.ts';
import { EmptyState } from '../../ui/states.tsx';

/** What was done to this customer and in its name, latest first. */
export function ActivityTab({ customerId }: { customerId: CustomerId }) {
  const { t } = useText();
  return (
    <div className="audit">
      <div className="band section-head">
        <h2>{t('customer.activity')}</h2>
        <span className="quiet">{t('audit.intro')}</span>
        <div className="page-actions">
          <Link to="/audit-log" search={{ customerId }}>
            {t('customer.activity.open')}
          </Link>
        </div>
      </div>
      <AuditList
        question={{ customerId }}
        search={{ customerId }}
        empty={<EmptyState title={t('customer.activity.none')} hint={t('audit.empty.hint')} />}
      />
    </div>
  );
}
