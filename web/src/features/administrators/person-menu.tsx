import { ActionIcon, Menu } from '@mantine/core';
import type { Administrator } from '@hub/contract/administrators';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import type { OnAct } from './acts.ts';

export function PersonMenu({ person, onAct }: { person: Administrator; onAct: OnAct }) {
  const { t } = useText();
  const navigate = useNavigate({ from: '/administrators' });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={t('admins.acts', { name: person.name })}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAct('role', person)}>{t('admins.changeRole')}</Menu.Item>
        <Menu.Item onClick={() => void navigate({ search: { customersOf: person.personId } })}>
          {t('assign.act')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item className="bad" onClick={() => onAct('remove', person)}>
          {t('admins.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
