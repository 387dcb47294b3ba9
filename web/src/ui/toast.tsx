import { translate } from '../lib/i18n.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { leaveToast } from './toast-focus.ts';

interface ToastWords {
  glyph?: GlyphName;
  title: string;
  body?: string;
  /** What can still be done about it; the toast closes with it. */
  action?: { word: string; run: () => void };
}

const shownMilliseconds = 8000;
const actionMilliseconds = 15_000; // time to reach it; while it has the focus or the pointer it stays

/** One sentence at the corner; failures stay until they are closed. */
export function toast(toastOf: ToastWords): void {
  void show(toastOf);
}

async function show(toastOf: ToastWords): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  const glyph = toastOf.glyph ?? 'done';
  const { action } = toastOf;
  const id = notifications.show({
    title: toastOf.title,
    message:
      action === undefined ? (
        (toastOf.body ?? '')
      ) : (
        <button
          type="button"
          className="toast-action"
          aria-keyshortcuts="F6"
          onClick={() => {
            leaveToast();
            notifications.hide(id);
            action.run();
          }}
        >
          {action.word} <kbd aria-hidden="true">F6</kbd>
        </button>
      ),
    icon: <Glyph name={glyph} />,
    className: 'toast',
    onClose: leaveToast,
    autoClose: glyph === 'failed' ? false : action === undefined ? shownMilliseconds : actionMilliseconds,
    closeButtonProps: { 'aria-label': translate('action.close') },
  });
}
