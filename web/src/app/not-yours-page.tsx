import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSession } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { useTitle } from '../lib/use-title.ts';
import { EmptyState } from '../ui/states.tsx';

/** A page whose address is right and that the role does not include: a link from a colleague, or a role that has changed. */
export function NotYoursPage() {
  const { t } = useText();
  const { role, partner } = useSession();
  useTitle(t('frame.notYours'));
  return (
    <div className="page">
      <EmptyState
        title={t('frame.notYours')}
        hint={t('frame.notYours.hint', { partner: partner.name, role: t(`role.${role}`) })}
      >
        <Button renderRoot={(props: object) => <Link to="/" {...props} />}>{t('error.toStart')}</Button>
      </EmptyState>
    </div>
  );
}
