import { useText } from '../../lib/i18n.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { AttentionRows } from './attention-rows.tsx';
import './overview.css';
import { type AttentionGroup, useAttention } from './use-attention.ts';

/** Who needs what today, by reason. */
export function OverviewPage() {
  const { t, f } = useText();
  const { groups, customers, isComing, error, retry } = useAttention();
  const today = groups[0]?.today;
  return (
    <div className="overview">
      <PageHead title={t('nav.overview')}>
        {today === undefined ? null : <span className="quiet num">{f.date(today)}</span>}
      </PageHead>
      <section className="attention" aria-labelledby="attention" aria-busy={isComing}>
        <div className="section-head">
          <h2 id="attention">{t('overview.needsAttention')}</h2>
          <span className="quiet num">{sumText(groups, customers, isComing, t)}</span>
        </div>
        {error === null ? null : <ErrorState error={error} onRetry={retry} />}
        {groups.map((group) => (
          <AttentionRows key={group.status} group={group} />
        ))}
        {isComing ? <SkeletonRows rows={groups.length === 0 ? 6 : 2} height={40} /> : null}
        {isComing || error !== null || groups.length > 0 ? null : (
          <EmptyState title={t('overview.nothing')} hint={t('overview.nothing.hint')} />
        )}
      </section>
    </div>
  );
}

/** "24 entries at 22 customers", once all of them are counted. */
function sumText(
  groups: readonly AttentionGroup[],
  customers: number | undefined,
  isComing: boolean,
  t: ReturnType<typeof useText>['t'],
): string {
  const counts = groups.flatMap(({ count }) => count ?? []);
  if (isComing || customers === undefined || counts.length < groups.length || groups.length === 0) return '';
  return t('overview.entries', { entries: counts.reduce((sum, count) => sum + count, 0), customers });
}
