import { Role } from '@hub/contract/permissions';
import { useText } from '../../lib/i18n.ts';
import { Choices } from '../../ui/choices.tsx';

/** The roles, each with what it may do. */
export function RoleChoices({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const { t } = useText();
  return (
    <Choices
      label={t('common.role')}
      choices={Role.options.map((role) => ({
        value: role,
        label: t(`role.${role}`),
        description: t(`role.${role}.desc`),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
