import type { Opened } from './acts.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenewDialog } from './renew-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** The dialog of one act with one administrator or invitation. */
export function OpenedDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  switch (opened.kind) {
    case 'invite':
      return <InviteDialog onClose={onClose} />;
    case 'role':
      return <RoleDialog person={opened.person} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog person={opened.person} onClose={onClose} />;
    case 'renew':
      return <RenewDialog invitation={opened.invitation} onClose={onClose} />;
    case 'withdraw':
      return <WithdrawDialog invitation={opened.invitation} onClose={onClose} />;
  }
}
