import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import type { TagMark } from '@hub/contract/customer-tags';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { TagChip } from '../customers/index.ts';
import { useText } from '../../lib/i18n.ts';
import './tags.css';

const TagsDialog = lazy(async () => ({ default: (await import('./tags-dialog.tsx')).TagsDialog }));
const TagPanel = lazy(async () => ({ default: (await import('./tag-panel.tsx')).TagPanel }));

/** The tags of a customer or of a subscription, with a way to change them for those who may. */
export function TagEditor({
  holder,
  name,
  tags,
  mayWrite,
}: {
  holder: { kind: 'customer'; id: CustomerId } | { kind: 'subscription'; id: SubscriptionId };
  /** Whose tags they are. */
  name: string;
  tags: readonly TagMark[];
  mayWrite: boolean;
}) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const [isManaging, setIsManaging] = useState(false);
  const edit = t('tagging.edit', { name });
  return (
    <span className="tag-editor">
      {tags.length === 0 ? null : (
        <ul className="tag-marks" aria-label={t('tagging.of', { name })}>
          {tags.map((tag) => (
            <li key={tag.id}>
              <TagChip tag={tag} />
            </li>
          ))}
        </ul>
      )}
      {mayWrite ? (
        <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" width={320} trapFocus returnFocus>
          <Popover.Target>
            <Tooltip label={edit} disabled={isOpen}>
              <ActionIcon size={24} aria-label={edit} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
                <IconPlus size={14} stroke={1.8} />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown aria-label={edit}>
            <Suspense fallback={null}>
              {isOpen ? (
                <TagPanel
                  holder={holder}
                  tags={tags}
                  onManage={() => {
                    setIsOpen(false);
                    setIsManaging(true);
                  }}
                  onClose={() => setIsOpen(false)}
                />
              ) : null}
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      ) : null}
      <Suspense fallback={null}>
        {isManaging ? <TagsDialog kinds={[holder.kind]} onClose={() => setIsManaging(false)} /> : null}
      </Suspense>
    </span>
  );
}
