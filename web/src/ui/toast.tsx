import { translate } from '../lib/i18n.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

interface ToastWords {
  glyph?: GlyphName;
  title: string;
  body?: string;
  /** What can still be done about it; the toast closes with it. */
  action?: { word: string; run: () => void };
}

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
          onClick={() => {
            notifications.hide(id);
            action.run();
          }}
        >
          {action.word}
        </button>
      ),
    icon: <Glyph name={glyph} />,
    autoClose: glyph === 'failed' ? false : 8000,
    closeButtonProps: { 'aria-label': translate('action.close') },
  });
}
