import { lazy } from 'react';
import { withWords } from '../../lib/i18n.ts';

export { TagEditor } from './tag-editor.tsx';
export const TagsDialog = lazy(() =>
  withWords(
    ['customer'],
    import('./tags-dialog.tsx').then(({ TagsDialog: dialog }) => ({ default: dialog })),
  ),
);
