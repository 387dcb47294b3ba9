import { Tooltip } from '@mantine/core';
import {
  IconCalendarCheck,
  IconChartDots,
  IconChartHistogram,
  IconFileUpload,
  IconHeartbeat,
  IconHistory,
  IconLayoutDashboard,
  IconLicense,
  IconRefreshDot,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconScale,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { CustomerNav } from './customer-nav.tsx';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Only pages that exist and that the role includes. Small: icons with their names as tooltips. */
export function Navigation({ isSmall, onCollapse }: { isSmall: boolean; onCollapse?: () => void }) {
  const { t } = useText();
  const { may } = useSession();
  const collapse = t(isSmall ? 'nav.expand' : 'nav.collapse');
  const mayUsage = may('calling_usage.read');
  const analytics = [
    {
      to: '/analytics/subscriptions',
      label: t('nav.analytics.subscriptions'),
      isShown: may('subscriptions.read'),
      Icon: IconLicense,
    },
    {
      to: '/reconciliation',
      label: t('nav.analytics.reconciliation'),
      isShown: may('subscriptions.read'),
      Icon: IconScale,
    },
    {
      to: '/customer-health',
      label: t('nav.analytics.health'),
      isShown: may('subscriptions.read'),
      Icon: IconHeartbeat,
    },
    {
      to: '/analytics/calling-engagement',
      label: t('nav.analytics.engagement'),
      isShown: mayUsage,
      Icon: IconChartDots,
    },
    { to: '/analytics/calling-usage', label: t('nav.analytics.usage'), isShown: mayUsage, Icon: IconChartHistogram },
  ] as const;
  const shown = analytics.filter(({ isShown }) => isShown);
  return (
    <nav className="nav" aria-label={t('nav.main')} data-small={isSmall || undefined}>
      <ul>
        {may('customers.read') ? (
          <>
            <NavItem to="/overview" label={t('nav.overview')} isSmall={isSmall} Icon={IconLayoutDashboard} />
            <CustomerNav isSmall={isSmall} />
          </>
        ) : null}
        {may('subscriptions.read') ? (
          <NavItem to="/renewals" label={t('nav.renewals')} isSmall={isSmall} Icon={IconRefreshDot} />
        ) : null}
        {isSmall || shown.length === 0 ? null : (
          <li>
            <span className="nav-group" id="nav-analytics">
              <IconChartHistogram {...icon} />
              {t('nav.analytics')}
            </span>
            <ul aria-labelledby="nav-analytics">
              {shown.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to} className="nav-item nav-child">
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        )}
        {isSmall
          ? shown.map(({ to, label, Icon }) => <NavItem key={to} to={to} label={label} isSmall Icon={Icon} />)
          : null}
        {may('imports.read') ? (
          <NavItem to="/imports" label={t('nav.imports')} isSmall={isSmall} Icon={IconFileUpload} />
        ) : null}
        {mayUsage ? (
          <NavItem to="/data-freshness" label={t('nav.dataFreshness')} isSmall={isSmall} Icon={IconCalendarCheck} />
        ) : null}
        {may('administrators.read') ? (
          <NavItem to="/administrators" label={t('nav.administrators')} isSmall={isSmall} Icon={IconUsers} />
        ) : null}
        {may('audit.read') ? (
          <NavItem to="/audit-log" label={t('nav.auditLog')} isSmall={isSmall} Icon={IconHistory} />
        ) : null}
        <NavItem to="/settings" label={t('nav.settings')} isSmall={isSmall} Icon={IconSettings} />
      </ul>
      {onCollapse === undefined ? null : (
        <Tooltip label={collapse} disabled={!isSmall} position="right">
          <button type="button" className="nav-item nav-collapse" aria-label={collapse} onClick={onCollapse}>
            {isSmall ? <IconLayoutSidebarLeftExpand {...icon} /> : <IconLayoutSidebarLeftCollapse {...icon} />}
            {isSmall ? null : t('nav.collapse.short')}
          </button>
        </Tooltip>
      )}
    </nav>
  );
}

function NavItem({
  to,
  label,
  isSmall,
  Icon,
}: {
  to:
    | '/overview'
    | '/analytics/subscriptions'
    | '/reconciliation'
    | '/customer-health'
    | '/analytics/calling-engagement'
    | '/analytics/calling-usage'
    | '/renewals'
    | '/imports'
    | '/data-freshness'
    | '/administrators'
    | '/audit-log'
    | '/settings';
  label: string;
  isSmall: boolean;
  Icon: typeof IconSettings;
}) {
  return (
    <li>
      <Tooltip label={label} disabled={!isSmall} position="right">
        <Link to={to} className="nav-item" aria-label={isSmall ? label : undefined}>
          <Icon {...icon} />
          {isSmall ? null : <span>{label}</span>}
        </Link>
      </Tooltip>
    </li>
  );
}
