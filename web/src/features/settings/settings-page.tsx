import { lazy, Suspense } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText, withWords } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import './settings.css';

// Below what a small window shows at first.
const TokensSection = lazy(async () => ({ default: (await import('./tokens-section.tsx')).TokensSection }));
const ConnectorsSection = lazy(async () => ({ default: (await import('./connectors-section.tsx')).ConnectorsSection }));
const PartnerSection = lazy(async () => ({ default: (await import('./partner-section.tsx')).PartnerSection }));
const StatusesSection = lazy(async () => ({ default: (await import('./statuses-section.tsx')).StatusesSection }));
const RetentionSection = lazy(async () => ({ default: (await import('./retention-section.tsx')).RetentionSection }));
const DeletionsSection = lazy(async () => ({ default: (await import('./deletions-section.tsx')).DeletionsSection }));
const CallingSection = lazy(async () => ({
  default: (await withWords(['engagement'], import('./calling-section.tsx'))).CallingSection,
}));
const LowAssignmentSection = lazy(async () => ({
  default: (await withWords(['analytics'], import('./low-assignment-section.tsx'))).LowAssignmentSection,
}));
const HealthSection = lazy(async () => ({
  default: (await withWords(['health'], import('./health-section.tsx'))).HealthSection,
}));
const DemoSection = lazy(async () => ({ default: (await import('./demo-section.tsx')).DemoSection }));

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
      <Suspense fallback={<SkeletonRows rows={6} />}>
        <TokensSection />
        {session.may('imports.read') ? <ConnectorsSection mayWrite={session.may('connectors.write')} /> : null}
        {session.may('partner.write') ? <PartnerSection /> : null}
        {session.may('customers.read') ? <StatusesSection mayWrite={session.may('partner.write')} /> : null}
        {session.may('calling_usage.read') ? <CallingSection mayWrite={session.may('partner.write')} /> : null}
        {session.may('subscriptions.read') ? <LowAssignmentSection mayWrite={session.may('partner.write')} /> : null}
        {session.may('subscriptions.read') ? <HealthSection mayWrite={session.may('partner.write')} /> : null}
        {session.may('customers.read') ? <RetentionSection mayWrite={session.may('partner.write')} /> : null}
        {session.may('deletions.write') ? <DeletionsSection /> : null}
        {session.demo === 'none' ? null : <DemoSection demo={session.demo} mayRemove={session.may('demo.remove')} />}
      </Suspense>
    </div>
  );
}
