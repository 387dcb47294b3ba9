import { Button } from '@mantine/core';
import { removeDemo } from '@hub/contract/demo';
import type { Session } from '@hub/contract/sessions';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { toast } from '../../ui/toast.tsx';
import { Section } from './section.tsx';

export function DemoSection({ demo, mayRemove }: { demo: Session['demo']; mayRemove: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => call(removeDemo, {}),
    onSuccess: async () => {
      toast({ title: t('settings.demo.removed') });
      await navigate({ to: '/imports', search: {} });
      await client.invalidateQueries();
    },
  });
  const isBusy = demo === 'loading' || demo === 'removing';
  return (
    <Section title={t('settings.demo')} hint={t('settings.demo.hint')}>
      {isBusy ? (
        <>
          <State glyph="running" word={t(demo === 'removing' ? 'frame.demo.removing' : 'frame.demo.loading')} />
          <p className="help">{t('settings.demo.busy')}</p>
        </>
      ) : null}
      {!isBusy && mayRemove ? (
        <div>
          <Button variant="danger" onClick={() => setIsAsking(true)}>
            {t('settings.demo.remove')}
          </Button>
        </div>
      ) : null}
      {mayRemove ? null : <p className="help">{t('settings.demo.readOnly')}</p>}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('settings.demo.title')}
        confirm={t('settings.demo.confirm')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setIsAsking(false)}
      >
        {t('settings.demo.body')}
      </ConfirmDialog>
    </Section>
  );
}
