import type { Connector } from '@hub/contract/connectors';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { ConnectorCard } from './connector-card.tsx';
import { connectorsQuery } from './queries.ts';
import './connectors.css';

/** Every connector of the partner: what it did last, how far behind it is, and what can be done with it. */
export function ConnectorList({ mayWrite, onEdit }: { mayWrite: boolean; onEdit: (connector: Connector) => void }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(connectorsQuery);
  if (data === undefined)
    return error === null ? <SkeletonRows rows={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="quiet">{t('connectors.empty')}</p>;
  return (
    <ul className="connectors" aria-label={t('connectors.title')}>
      {data.items.map((connector) => (
        <ConnectorCard key={connector.id} connector={connector} mayWrite={mayWrite} onEdit={() => onEdit(connector)} />
      ))}
    </ul>
  );
}
