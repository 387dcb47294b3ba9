import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Logo } from '../../ui/logo.tsx';
import { LanguageMenu } from './language-menu.tsx';

const bars = [
  [60, 20],
  [33, 43],
  [84, 12],
] as const;

/** The page around signing in and setting up: name, language, the form, the capacity bar as ornament. */
export function Doorway({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="doorway">
      <div className="doorway-sheet">
        <header className="doorway-head">
          <Logo size={24} />
          <span className="doorway-name grow">{t('name.product')}</span>
          <LanguageMenu isShort={false} />
        </header>
        <main className="doorway-main" id="content" tabIndex={-1}>
          {children}
        </main>
        <footer>
          <svg className="ornament" width="100%" height="44" aria-hidden="true">
            {bars.map(([used, assigned], index) => (
              <g key={used}>
                <rect x="0.5" y={4.5 + index * 14} width="93%" height="7" className="capacity-available" />
                <rect
                  x={`${used * 0.93}%`}
                  y={4 + index * 14}
                  width={`${assigned * 0.93}%`}
                  height="8"
                  className="capacity-assigned"
                />
                <rect x="0" y={4 + index * 14} width={`${used * 0.93}%`} height="8" className="capacity-used" />
              </g>
            ))}
            <rect x="93%" y="0" width="2" height="44" className="capacity-notch" />
          </svg>
          <p className="help">{t('signIn.footer')}</p>
        </footer>
      </div>
    </div>
  );
}
