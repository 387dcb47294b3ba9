import { NativeSelect } from '@mantine/core';
import { CustomerId } from '@hub/contract/ids';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { addDays } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { PanelFrame } from './panel-frame.tsx';
import { type MovesAsked, movesQuery } from './queries.ts';
import type { RegionScope } from './scope.ts';
import { holdings } from './trend-series.ts';

const sorts = ['assigned', 'used', 'ordered', 'available', 'name'] as const;

/** Who moved a week or day of the trend: what each customer holds otherwise than at the end of the one before. */
export function MovesPanel({
  scope,
  bucket,
  from,
  onClose,
}: {
  scope: RegionScope;
  bucket: 'week' | 'day';
  from: string;
  onClose: () => void;
}) {
  const { t, f, language } = useText();
  const numbers = useMemo(() => numbersFor(language), [language]);
  const [q, setQ] = useState('');
  const [sort, setSort] = useState<MovesAsked['sort']>('assigned');
  const { data, ...answer } = useInfiniteQuery(movesQuery(scope, { bucket, from, sort, q }));
  const when = bucket === 'week' ? f.dayRange(from, addDays(from, 6)) : f.date(from);
  return (
    <PanelFrame
      title={t('analytics.moves', { when })}
      hint={t(bucket === 'week' ? 'analytics.moves.hint.week' : 'analytics.moves.hint.day')}
      q={q}
      onSearch={setQ}
      answer={{ ...answer, count: data?.pages[0]?.count }}
      tools={
        <NativeSelect
          label={t('common.sortBy')}
          value={sort}
          data={sorts.map((value) => ({
            value,
            label: value === 'name' ? t('common.name') : t(`analytics.holding.${value}`),
          }))}
          onChange={({ currentTarget: { value } }) => setSort(sorts.find((each) => each === value) ?? 'assigned')}
        />
      }
      onClose={onClose}
    >
      <ul className="counted">
        {data?.pages
          .flatMap(({ items }) => items)
          .map(({ customerId, name, change, after }) => (
            <li key={customerId}>
              <Link
                to="/customers/$customerId"
                params={{ customerId: CustomerId.parse(customerId) }}
                search={{ tab: 'subscriptions' }}
                className="strong wrap"
                preload={false}
              >
                {name}
              </Link>
              <dl className="moved">
                {holdings.map(({ key }) => {
                  const [by, to] = [change[key], after[key]];
                  return by === null && to === null ? null : (
                    <div key={key}>
                      <dt>{t(`analytics.holding.${key}`)}</dt>
                      <dd className="num">
                        {by === null ? null : (
                          <span className={by === 0 ? 'quiet' : by < 0 && key === 'used' ? 'bad' : 'strong'}>
                            {numbers.signed(by, 0)}
                          </span>
                        )}{' '}
                        {to === null ? null : <span className="quiet">{t('analytics.moves.to', { value: to })}</span>}
                      </dd>
                    </div>
                  );
                })}
              </dl>
            </li>
          ))}
      </ul>
    </PanelFrame>
  );
}
