import { translate } from '../lib/i18n.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

interface ToastWords {
  glyph?: GlyphName;
  title: string;
  body?: string;
}

/** One sentence at the corner; failures stay until they are closed. */
export function toast(toastOf: ToastWords): void {
  void show(toastOf);
}

async function show(toastOf: ToastWords): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  const glyph = toastOf.glyph ?? 'done';
  notifications.show({
    title: toastOf.title,
    message: toastOf.body ?? '',
    icon: <Glyph name={glyph} />,
    autoClose: glyph === 'failed' ? false : 8000,
    closeButtonProps: { 'aria-label': translate('action.close') },
  });
}
