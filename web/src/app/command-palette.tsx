import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { regionLabels } from '@hub/contract/regions';
import { Language } from '@hub/contract/sessions';
import { IconBuilding, IconChartHistogram, IconFileUpload, IconLanguage, IconMoon, IconSearch, IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { customersQuery } from '../features/customers/index.ts';
import { useSession } from '../features/sessions/index.ts';
import { languageNames, rememberLanguage, speak, useText } from '../lib/i18n.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Pages, actions and customers, by typing a part of their names. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  const groups = useGroups(query);
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      nothingFound={t('palette.nothing', { query })}
      highlightQuery
      scrollable
      maxHeight={420}
      shortcut={null}
      lockScroll={false}
      onSpotlightClose={onClose}
      title={undefined}
      aria-label={t('frame.commandPalette')}
      searchProps={{
        placeholder: t('frame.search'),
        'aria-label': t('frame.search'),
        leftSection: <IconSearch {...icon} />,
      }}
    />
  );
}

function useGroups(query: string): (SpotlightActionGroupData | SpotlightActionData)[] {
  const { t } = useText();
  const navigate = useNavigate();
  const session = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const [settled] = useDebouncedValue(query.trim(), 150);
  const customers = useQuery({
    ...customersQuery({ q: settled, limit: 8 }),
    enabled: settled !== '' && session.may('customers.read'),
    placeholderData: keepPreviousData,
  });
  const schemes: [MantineColorScheme, string][] = [
    ['light', t('frame.theme.light')],
    ['dark', t('frame.theme.dark')],
    ['auto', t('frame.theme.system')],
  ];
  const found = settled === '' ? [] : (customers.data?.items ?? []);
  return [
    {
      group: t('palette.customers'),
      actions: found.map((customer) => ({
        id: customer.id,
        label: customer.name,
        description: t('palette.usageOf', { region: regionLabels[customer.region] }),
        keywords: [query], // found by the server, also by its external ID
        leftSection: <IconBuilding {...icon} />,
        onClick: () =>
          void navigate({ to: '/analytics/calling-usage', search: { region: customer.region, q: customer.name } }),
      })),
    },
    {
      group: t('palette.pages'),
      actions: [
        { id: 'usage', label: t('nav.analytics.usage'), leftSection: <IconChartHistogram {...icon} />, onClick: () => void navigate({ to: '/analytics/calling-usage' }) },
        { id: 'imports', label: t('nav.imports'), leftSection: <IconFileUpload {...icon} />, onClick: () => void navigate({ to: '/imports' }) },
        { id: 'settings', label: t('nav.settings'), leftSection: <IconSettings {...icon} />, onClick: () => void navigate({ to: '/settings' }) },
      ],
    },
    {
      group: t('palette.actions'),
      actions: [
        ...session.regions.map((region) => ({
          id: `usage-${region}`,
          label: t('palette.usageOf', { region: regionLabels[region] }),
          leftSection: <IconChartHistogram {...icon} />,
          onClick: () => void navigate({ to: '/analytics/calling-usage', search: { region } }),
        })),
        ...(session.may('imports.write')
          ? [{ id: 'upload', label: t('palette.upload'), leftSection: <IconFileUpload {...icon} />, onClick: () => void navigate({ to: '/imports' }) }]
          : []),
        ...Language.options.map((language) => ({
          id: `language-${language}`,
          label: t('palette.language', { name: languageNames[language] }),
          leftSection: <IconLanguage {...icon} />,
          onClick: () => {
            rememberLanguage(language);
            void speak(language);
          },
        })),
        ...schemes.map(([scheme, name]) => ({
          id: `theme-${scheme}`,
          label: t('palette.theme', { name }),
          leftSection: <IconMoon {...icon} />,
          onClick: () => setColorScheme(scheme),
        })),
      ],
    },
  ];
}
