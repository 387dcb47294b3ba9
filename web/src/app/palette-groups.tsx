import { useMantineColorScheme } from '@mantine/core';
import type { Permission } from '@hub/contract/permissions';
import { regionLabels } from '@hub/contract/regions';
import { Language } from '@hub/contract/sessions';
import {
  IconBuilding,
  IconBuildings,
  IconCalendarCheck,
  IconChartDots,
  IconChartHistogram,
  IconFileUpload,
  IconHeartbeat,
  IconHistory,
  IconLayoutDashboard,
  IconLanguage,
  IconLicense,
  IconRefreshDot,
  IconMoon,
  IconScale,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { customersQuery, searchFilter } from '../features/customers/index.ts';
import { useChangeProfile, useSession } from '../features/sessions/index.ts';
import { languageNames, rememberLanguage, speak, useText } from '../lib/i18n.ts';

interface PaletteEntry {
  key: string;
  label: string;
  description?: string;
  Icon: typeof IconMoon;
  needs?: Permission;
  run: () => void;
}

export interface PaletteGroup {
  name: string;
  entries: PaletteEntry[];
  /** The server has searched, also in what is not shown. */
  isFound?: boolean;
}

const found = 8;

export function usePaletteGroups(query: string): PaletteGroup[] {
  const { t } = useText();
  const navigate = useNavigate();
  const session = useSession();
  const profile = useChangeProfile();
  const { setColorScheme } = useMantineColorScheme();
  const customers = useQuery({
    ...customersQuery({ filter: searchFilter(query), sort: 'name', limit: found }),
    enabled: query !== '' && session.may('customers.read'),
    placeholderData: keepPreviousData,
  });
  const say = (language: Language) => {
    rememberLanguage(language);
    profile.mutate({ language });
    void speak(language);
  };
  const groups: PaletteGroup[] = [
    {
      name: t('palette.customers'),
      isFound: true,
      entries: (query === '' ? [] : (customers.data?.items ?? [])).map((customer) => ({
        key: customer.id,
        label: customer.name,
        description: regionLabels[customer.region],
        Icon: IconBuilding,
        run: () => void navigate({ to: '/customers/$customerId', params: { customerId: customer.id } }),
      })),
    },
    {
      name: t('palette.pages'),
      entries: [
        {
          key: 'overview',
          label: t('nav.overview'),
          Icon: IconLayoutDashboard,
          needs: 'customers.read',
          run: () => void navigate({ to: '/overview' }),
        },
        {
          key: 'customers',
          label: t('nav.customers'),
          Icon: IconBuildings,
          needs: 'customers.read',
          run: () => void navigate({ to: '/customers' }),
        },
        {
          key: 'renewals',
          label: t('nav.renewals'),
          Icon: IconRefreshDot,
          needs: 'subscriptions.read',
          run: () => void navigate({ to: '/renewals' }),
        },
        {
          key: 'subscriptions',
          label: t('nav.analytics.subscriptions'),
          Icon: IconLicense,
          needs: 'subscriptions.read',
          run: () => void navigate({ to: '/analytics/subscriptions' }),
        },
        {
          key: 'reconciliation',
          label: t('nav.analytics.reconciliation'),
          Icon: IconScale,
          needs: 'subscriptions.read',
          run: () => void navigate({ to: '/reconciliation' }),
        },
        {
          key: 'health',
          label: t('nav.analytics.health'),
          Icon: IconHeartbeat,
          needs: 'subscriptions.read',
          run: () => void navigate({ to: '/customer-health' }),
        },
        {
          key: 'engagement',
          label: t('nav.analytics.engagement'),
          Icon: IconChartDots,
          needs: 'calling_usage.read',
          run: () => void navigate({ to: '/analytics/calling-engagement' }),
        },
        {
          key: 'usage',
          label: t('nav.analytics.usage'),
          Icon: IconChartHistogram,
          needs: 'calling_usage.read',
          run: () => void navigate({ to: '/analytics/calling-usage' }),
        },
        {
          key: 'imports',
          label: t('nav.imports'),
          Icon: IconFileUpload,
          needs: 'imports.read',
          run: () => void navigate({ to: '/imports' }),
        },
        {
          key: 'freshness',
          label: t('nav.dataFreshness'),
          Icon: IconCalendarCheck,
          needs: 'calling_usage.read',
          run: () => void navigate({ to: '/data-freshness' }),
        },
        {
          key: 'administrators',
          label: t('nav.administrators'),
          Icon: IconUsers,
          needs: 'administrators.read',
          run: () => void navigate({ to: '/administrators' }),
        },
        {
          key: 'audit',
          label: t('nav.auditLog'),
          Icon: IconHistory,
          needs: 'audit.read',
          run: () => void navigate({ to: '/audit-log' }),
        },
        {
          key: 'settings',
          label: t('nav.settings'),
          Icon: IconSettings,
          run: () => void navigate({ to: '/settings' }),
        },
      ],
    },
    {
      name: t('palette.actions'),
      entries: [
        ...session.regions.map((region) => ({
          key: `usage ${region}`,
          label: t('palette.usageOf', { region: regionLabels[region] }),
          Icon: IconChartHistogram,
          needs: 'calling_usage.read' as const,
          run: () => void navigate({ to: '/analytics/calling-usage', search: { region } }),
        })),
        {
          key: 'upload',
          label: t('palette.upload'),
          Icon: IconFileUpload,
          needs: 'imports.write',
          run: () => void navigate({ to: '/imports' }),
        },
        ...Language.options.map((language) => ({
          key: `language ${language}`,
          label: t('palette.language', { name: languageNames[language] }),
          Icon: IconLanguage,
          run: () => say(language),
        })),
        {
          key: 'light',
          label: t('palette.theme', { name: t('frame.theme.light') }),
          Icon: IconMoon,
          run: () => setColorScheme('light'),
        },
        {
          key: 'dark',
          label: t('palette.theme', { name: t('frame.theme.dark') }),
          Icon: IconMoon,
          run: () => setColorScheme('dark'),
        },
        {
          key: 'system',
          label: t('palette.theme', { name: t('frame.theme.system') }),
          Icon: IconMoon,
          run: () => setColorScheme('auto'),
        },
      ],
    },
  ];
  return groups.map((group) => ({
    ...group,
    entries: group.entries.filter(({ needs }) => needs === undefined || session.may(needs)),
  }));
}
