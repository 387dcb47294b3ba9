import { LanguageMenu, useChangeProfile } from '../features/sessions/index.ts';
import { ThemeMenu } from './theme-menu.tsx';

/** What the top bar of a wider window shows. */
export function DrawerChoices() {
  const profile = useChangeProfile();
  return (
    <div className="row drawer-choices">
      <LanguageMenu isShort={false} onChosen={(language) => profile.mutate({ language })} />
      <ThemeMenu />
    </div>
  );
}
