import { notifications } from '@mantine/notifications';
import { translate } from '../lib/i18n.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

/** One sentence at the corner; failures stay until they are closed. */
export function toast(toastOf: { glyph?: GlyphName; title: string; body?: string }): void {
  const glyph = toastOf.glyph ?? 'done';
  notifications.show({
    title: toastOf.title,
    message: toastOf.body ?? '',
    icon: <Glyph name={glyph} />,
    autoClose: glyph === 'failed' ? false : 8000,
    closeButtonProps: { 'aria-label': translate('action.close') },
  });
}
