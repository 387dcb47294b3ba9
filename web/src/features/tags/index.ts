export { TagEditor } from './tag-editor.tsx';
