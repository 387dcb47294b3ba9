import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useText } from '../lib/i18n.ts';
import { useReturnFocus } from '../lib/use-return-focus.ts';
import { type PaletteGroup, usePaletteGroups } from './palette-groups.tsx';

const [store, palette] = createSpotlight();

/** Pages, actions and customers, by typing a part of their names. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  useReturnFocus();
  const [settled] = useDebouncedValue(query.trim(), 150);
  const groups = usePaletteGroups(settled)
    .map((group) => matching(group, query))
    .filter((group) => group.entries.length > 0);
  useEffect(() => {
    palette.open();
    return () => palette.close();
  }, []);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      lockScroll={false}
      overlayProps={{ blur: 0 }}
      onSpotlightClose={onClose}
    >
      <Modal.Title className="unseen">{t('frame.commandPalette')}</Modal.Title>
      <Spotlight.Search
        placeholder={t('frame.search')}
        aria-label={t('frame.search')}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.name} label={group.name}>
            {group.entries.map((entry) => (
              <Spotlight.Action
                key={entry.key}
                label={entry.label}
                {...(entry.description === undefined ? {} : { description: entry.description })}
                leftSection={<entry.Icon size={16} stroke={1.6} aria-hidden="true" />}
                highlightQuery
                onClick={entry.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 ? <Spotlight.Empty>{t('palette.nothing', { query })}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** The entries in whose label every typed word stands; what the server found stays. */
function matching(group: PaletteGroup, query: string): PaletteGroup {
  if (group.isFound === true) return group;
  const words = query.toLocaleLowerCase().split(/\s+/);
  return {
    ...group,
    entries: group.entries.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word))),
  };
}
