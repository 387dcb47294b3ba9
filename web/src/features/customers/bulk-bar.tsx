import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconTag, IconUserPlus } from '@tabler/icons-react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { nextPlace } from '../../lib/use-return-focus.ts';
import { type BulkKind, bulkKinds, bulkNeeds, bulkWord } from './bulk-words.ts';
import { ExportMenu } from './export-menu.tsx';
import type { ListQuestion } from './list-queries.ts';
import type { Selection } from './use-selection.ts';

const icons: Partial<Record<BulkKind, typeof IconTag>> = { add_tags: IconTag, assign_administrator: IconUserPlus };

/** What can be done with the selected customers. It stands where the tools of the table stood, so that no row moves; on a phone at the bottom. */
export function BulkBar({
  selection,
  matching,
  question,
  onAct,
}: {
  selection: Selection;
  matching: number;
  question: ListQuestion;
  onAct: (kind: BulkKind) => void;
}) {
  const { t } = useText();
  const { may } = useSession();
  const { count } = selection;
  const allowed = may('customers.write') ? bulkKinds.filter((kind) => may(bulkNeeds[kind])) : [];
  const isPhone = useIsPhone();
  const hasPlace = (kind: BulkKind): boolean => !isPhone && icons[kind] !== undefined;
  const shown = allowed.filter(hasPlace);
  const further = allowed.filter((kind) => !hasPlace(kind));
  return (
    <section
      className={isPhone ? 'list-band bulk-bar bulk-bar-below' : 'list-band bulk-bar'}
      aria-label={t('bulk.title')}
    >
      <span className="strong num" aria-live="polite">
        {t('count.selected', { count })}
      </span>
      {shown.map((kind) => {
        const Icon = icons[kind] ?? IconTag;
        return (
          <Button key={kind} leftSection={<Icon size={16} stroke={1.6} />} onClick={() => onAct(kind)}>
            {bulkWord(kind, t)}
          </Button>
        );
      })}
      {further.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={14} stroke={1.6} />}>{t('action.more')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {further.map((kind) => (
              <Menu.Item key={kind} onClick={() => onAct(kind)}>
                {bulkWord(kind, t)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {may('customers.export') ? (
        selection.fits ? (
          <ExportMenu selection={selection.given} order={question} count={count} />
        ) : (
          <span className="help">{t('bulk.export.tooMany')}</span>
        )
      ) : null}
      {isPhone ? null : (
        <Button
          variant="subtle"
          onClick={() => {
            selection.clear();
            nextPlace()?.focus({ preventScroll: true }); // the bar goes
          }}
        >
          {t('bulk.clear')}
        </Button>
      )}
      {selection.isAll || matching <= count ? null : (
        <Button
          variant="subtle"
          className="push"
          title={t('count.selectAllMatching', { count: matching })}
          onClick={selection.selectAll}
        >
          {t('bulk.selectAll', { count: matching })}
        </Button>
      )}
    </section>
  );
}
