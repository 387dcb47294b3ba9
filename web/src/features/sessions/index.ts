export { LanguageMenu } from './language-menu.tsx';
export {
  sessionQuery,
  sessionsQuery,
  setupQuery,
  useChangePassword,
  useChangePartner,
  useChangeProfile,
  useSession,
  useSignOut,
  useSignOutEverywhere,
} from './queries.ts';
