export { LanguageMenu } from './language-menu.tsx';
export {
  sessionQuery,
  sessionsQuery,
  setupQuery,
  useChangePassword,
  useChangeProfile,
  useSession,
  useSignOut,
  useSignOutEverywhere,
} from './queries.ts';
