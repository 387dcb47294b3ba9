import { Button, Menu } from '@mantine/core';
import type { SavedView } from '@hub/contract/saved-views';
import { IconBookmark, IconChevronDown, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import type { ListQuestion } from './list-queries.ts';
import { viewsQuery } from './view-queries.ts';

/** Whether the list shows just what a view is. */
export const isViewOf = (view: SavedView, { filter, sort, order }: ListQuestion): boolean =>
  view.filter.trim() === filter.trim() && view.sort === sort && view.order === order;

/** One's own views and those shared with the partner; saving the present one, and looking after them. */
export function ViewsMenu({
  question,
  onOpen,
  onSave,
  onManage,
  onGroups,
}: {
  question: ListQuestion;
  onOpen: (view: Pick<SavedView, 'filter' | 'sort' | 'order'>) => void;
  onSave: () => void;
  onManage: () => void;
  onGroups: () => void;
}) {
  const { t } = useText();
  const { data } = useQuery(viewsQuery);
  const views = data?.items ?? [];
  const mine = views.filter(({ isMine }) => isMine);
  const shared = views.filter(({ isMine }) => !isMine);
  const current = views.find((view) => isViewOf(view, question));
  const list = (label: string, of: readonly SavedView[]) =>
    of.length === 0 ? null : (
      <>
        <Menu.Label>{label}</Menu.Label>
        {of.map((view) => (
          <Menu.Item
            key={view.id}
            data-chosen={view === current || undefined}
            aria-current={view === current || undefined}
            rightSection={
              <span className="help row">
                {view.isShared ? <IconUsers size={14} stroke={1.6} aria-label={t('view.isShared')} /> : null}
                {view.isDefault ? t('view.isDefault') : ''}
              </span>
            }
            onClick={() => onOpen(view)}
          >
            {view.name}
          </Menu.Item>
        ))}
      </>
    );
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          variant="subtle"
          leftSection={<IconBookmark size={16} stroke={1.6} />}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
          aria-label={current === undefined ? t('view.saved') : t('view.current', { name: current.name })}
        >
          <span className="cut view-name">{current?.name ?? t('view.saved')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="views-menu">
        <Menu.Item onClick={() => onOpen({ filter: '', sort: 'urgency', order: 'asc' })}>
          {t('nav.allCustomers')}
        </Menu.Item>
        {list(t('view.mine'), mine)}
        {list(t('view.shared'), shared)}
        <Menu.Divider />
        <Menu.Item onClick={onSave}>{t('view.save')}</Menu.Item>
        {views.length === 0 ? null : <Menu.Item onClick={onManage}>{t('view.manage')}</Menu.Item>}
        <Menu.Item onClick={onGroups}>{t('groups.manage')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
