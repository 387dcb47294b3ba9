import { CustomerId } from '@hub/contract/ids';
import { productNames } from '@hub/contract/products';
import type { HeadlineKey } from '@hub/contract/subscription-analytics';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { PanelFrame } from './panel-frame.tsx';
import { countedQuery } from './queries.ts';
import { endText } from './row-columns.tsx';
import type { RegionScope } from './scope.ts';
import { SubscriptionLink } from './subscription-link.tsx';

/** The customers that a card of the header counts, each with what made it count. */
export function CountedPanel({
  scope,
  counted,
  onClose,
}: {
  scope: RegionScope;
  counted: HeadlineKey;
  onClose: () => void;
}) {
  const { t, f } = useText();
  const [q, setQ] = useState('');
  const { data, ...answer } = useInfiniteQuery(countedQuery(scope, counted, q));
  return (
    <PanelFrame
      title={t(`analytics.kpi.${counted}`)}
      hint={t(`analytics.formula.${counted}`)}
      q={q}
      onSearch={setQ}
      answer={{ ...answer, count: data?.pages[0]?.count }}
      onClose={onClose}
    >
      <ul className="counted">
        {data?.pages
          .flatMap(({ items }) => items)
          .map(({ customerId, name, lines }) => (
            <li key={customerId}>
              <Link
                to="/customers/$customerId"
                params={{ customerId: CustomerId.parse(customerId) }}
                className="strong wrap"
                preload={false}
              >
                {name}
              </Link>
              <ul>
                {lines.map((line) => (
                  <li key={`${line.contractId} ${line.product}`} className="num">
                    <SubscriptionLink line={{ ...line, customerId }} className="mono">
                      {line.reference}
                    </SubscriptionLink>{' '}
                    <span className="help">
                      {[
                        ...(line.product === null ? [] : [productNames[line.product]]),
                        endText(line, { t, f }),
                        line.assigned === null
                          ? t('analytics.held.total', { value: f.number(line.total) })
                          : t('analytics.panel.assignedOf', { assigned: line.assigned, total: line.total }),
                      ].join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
      </ul>
    </PanelFrame>
  );
}
