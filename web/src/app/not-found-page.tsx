import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../lib/i18n.ts';
import { useTitle } from '../lib/use-title.ts';
import { EmptyState } from '../ui/states.tsx';

export function NotFoundPage() {
  const { t } = useText();
  useTitle(t('error.notFound'));
  return (
    <main className="page" id="content" tabIndex={-1}>
      <EmptyState title={t('error.notFound')} hint={t('error.notFound.hint')}>
        <Button renderRoot={(props: object) => <Link to="/" {...props} />}>{t('error.toStart')}</Button>
      </EmptyState>
    </main>
  );
}
