import { translate } from '../lib/i18n.ts';
import { CapacityBar } from './capacity-bar.tsx';
import { Glyph } from './glyph.tsx';

export interface ProgressToast {
  /** `share` is 0 to 1. */
  tell: (share: number, text: string) => void;
  end: () => void;
}

/** Work that this page does itself, at the corner, wherever the person goes within it: how far it is, and a way to stop it. */
export function progressToast({ title, onStop }: { title: string; onStop: () => void }): ProgressToast {
  const loading = import('@mantine/notifications');
  const id = crypto.randomUUID();
  let isShown = false;
  let isOver = false;
  const show = async (share: number, text: string): Promise<void> => {
    const { notifications } = await loading;
    if (isOver) return;
    notifications[isShown ? 'update' : 'show']({
      id,
      title,
      message: <Reached share={share} text={text} onStop={onStop} />,
      icon: <Glyph name="running" />,
      className: 'toast',
      role: 'status',
      autoClose: false,
      withCloseButton: false,
    });
    isShown = true;
  };
  return {
    tell: (share, text) => void show(share, text),
    end: () => {
      isOver = true;
      void loading.then(({ notifications }) => notifications.hide(id));
    },
  };
}

function Reached({ share, text, onStop }: { share: number; text: string; onStop: () => void }) {
  return (
    <span className="toast-progress">
      <CapacityBar used={share} assigned={0} label={text} />
      {/* Every step would be read out. */}
      <span className="quiet num" aria-hidden="true">
        {text}
      </span>
      <button type="button" className="toast-action" onClick={onStop}>
        {translate('action.cancel')}
      </button>
    </span>
  );
}
