import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DemoSection } from './demo-section.tsx';
import { PartnerSection } from './partner-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { StatusesSection } from './statuses-section.tsx';
import { TokensSection } from './tokens-section.tsx';
import './settings.css';

export function SettingsPage() {
  const { t } = useText();
  const session = useSession();
  useTitle(t('settings.title'));
  return (
    <div className="page">
      <PageHead title={t('settings.title')} />
      <ProfileSection />
      <AppearanceSection />
      <PasswordSection />
      <SessionsSection />
      <TokensSection />
      {session.may('partner.write') ? <PartnerSection /> : null}
      {session.may('customers.read') ? <StatusesSection mayWrite={session.may('partner.write')} /> : null}
      {session.demo === 'none' ? null : <DemoSection demo={session.demo} mayRemove={session.may('demo.remove')} />}
    </div>
  );
}
