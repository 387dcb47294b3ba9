import type { Tag } from '@hub/contract/customer-tags';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { toast } from '../../ui/toast.tsx';
import { useRestoreTag } from './queries.ts';

/** Tells that a tag is gone, with a way back; what could not come back is told by number. */
export function useUndo(): (tag: Tag, title: string) => void {
  const { t, f } = useText();
  const restore = useRestoreTag();
  return ({ id, name }, title) =>
    toast({
      title,
      action: {
        word: t('action.undo'),
        // The dialog may be closed by then: what fails is told in the corner, too.
        run: () =>
          void restore
            .mutateAsync(id)
            .then(({ restored, left }) =>
              toast({
                ...(left === 0 ? {} : { body: t('tagging.restored.left', { count: left }) }),
                title: t('tagging.restored', { name, count: restored }),
              }),
            )
            .catch((error: unknown) =>
              toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) }),
            ),
      },
    });
}
