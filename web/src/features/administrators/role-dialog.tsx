import { Button } from '@mantine/core';
import type { Administrator } from '@hub/contract/administrators';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useChangeRole } from './queries.ts';
import { RoleChoices } from './role-choices.tsx';

export function RoleDialog({ person, onClose }: { person: Administrator; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const [role, setRole] = useState(person.role);
  const change = useChangeRole();
  const { personId, name } = person;
  const save = () => {
    if (role === person.role) {
      onClose();
      return;
    }
    change.mutate(
      { params: { personId }, body: { role } },
      {
        onSuccess: () => {
          toast({ title: t('admins.changed', { name, role: t(`role.${role}`) }) });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('admins.changeRole.title', { name })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="quiet">{t('admins.changeRole.hint')}</p>
        <RoleChoices value={role} onChange={setRole} />
        {person.isYou && role !== person.role ? (
          <p className="notice">
            <Glyph name="late" />
            <span>{t('admins.changeRole.self')}</span>
          </p>
        ) : null}
        <InlineError error={change.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t('admins.changeRole')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
