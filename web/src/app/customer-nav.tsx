import { Tooltip } from '@mantine/core';
import { IconBuildings, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { countQuery, viewCountsQuery, viewsQuery } from '../features/customers/index.ts';
import { useText } from '../lib/i18n.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Customers, and under it the pinned views with how many each finds now. */
export function CustomerNav({ isSmall }: { isSmall: boolean }) {
  const { t, f } = useText();
  const { pathname, search } = useLocation();
  const views = useQuery({ ...viewsQuery, enabled: !isSmall });
  const pinned = (views.data?.items ?? []).filter(({ isPinned }) => isPinned);
  const counts = useQuery({ ...viewCountsQuery, enabled: !isSmall && pinned.length > 0 });
  const all = useQuery({ ...countQuery(''), enabled: !isSmall });
  const isHere = pathname === '/customers';
  // A view is open while the address is its own.
  const asked = { q: '', sort: 'urgency', order: 'asc', ...search };
  const current = pinned.find(
    ({ filter, sort, order }) => isHere && filter === asked.q && sort === asked.sort && order === asked.order,
  );
  const isAll = isHere && asked.q === '' && asked.sort === 'urgency' && asked.order === 'asc' && current === undefined;
  const label = t('nav.customers');
  return (
    <li>
      <Tooltip label={label} disabled={!isSmall} position="right">
        <Link
          to="/customers"
          search={{}}
          activeOptions={{ exact: false, includeSearch: false }}
          activeProps={{
            className: pinned.length === 0 || (current === undefined && !isAll) ? 'nav-item active' : 'nav-item',
          }}
          className="nav-item"
          aria-label={isSmall ? label : undefined}
        >
          <IconBuildings {...icon} />
          {isSmall ? null : <span className="grow">{label}</span>}{' '}
          {isSmall || all.data === undefined ? null : <span className="nav-count num">{f.number(all.data.all)}</span>}
        </Link>
      </Tooltip>
      {isSmall || pinned.length === 0 ? null : (
        <ul aria-label={t('nav.savedViews')}>
          <li>
            <Link
              to="/customers"
              search={{ q: '' }}
              activeProps={{ className: '' }}
              className={`nav-item nav-child${isAll ? ' active' : ''}`}
              aria-current={isAll ? 'page' : undefined}
            >
              {t('nav.allCustomers')}
            </Link>
          </li>
          {pinned.map((view) => {
            const count = counts.data?.items.find(({ id }) => id === view.id)?.customers;
            return (
              <li key={view.id}>
                <Link
                  to="/customers"
                  search={{ q: view.filter, sort: view.sort, order: view.order }}
                  activeProps={{ className: '' }}
                  className={`nav-item nav-child${view === current ? ' active' : ''}`}
                  aria-current={view === current ? 'page' : undefined}
                  title={view.filter}
                >
                  <span className="wrap grow">{view.name}</span>{' '}
                  {view.isShared ? <IconUsers size={14} stroke={1.6} aria-label={t('nav.viewIsShared')} /> : null}
                  {count === undefined || count === null ? null : (
                    <span className="nav-count num">{f.number(count)}</span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
