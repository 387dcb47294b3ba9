import { Button } from '@mantine/core';
import { useSession } from '../sessions/index.ts';
import { TagEditor } from '../tags/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useHashPlace } from '../../lib/use-hash-place.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { State } from '../../ui/glyph.tsx';
import { shareOf } from './license-share.ts';
import { LicenseTable } from './license-table.tsx';
import type { SubscriptionListed } from './queries.ts';
import { nextText, paymentGlyphs, runText, setupGlyphs } from './subscription-words.ts';

/** One subscription: when it runs, whether it is paid and set up, and its licenses by product. */
export function SubscriptionRow({
  subscription,
  today,
  onAct,
}: {
  subscription: SubscriptionListed;
  today: string;
  /** Absent: the role only looks. */
  onAct: ((act: 'edit' | 'remove') => void) | undefined;
}) {
  const { t, f } = useText();
  const { may } = useSession();
  const { place, isNamed } = useHashPlace<HTMLElement>(subscription.id);
  const { id, tags, reference, termMonths, autoRenews, paymentState, setupState, setupNote } = subscription;
  return (
    <section
      className="band contract"
      aria-label={reference}
      id={id}
      data-named={isNamed || undefined}
      tabIndex={-1}
      ref={place}
    >
      <div className="section-head">
        <h3 className="row tight">
          <span className="wrap">{reference}</span>
          <CopyButton text={reference} name={t('subs.id')} />
        </h3>
        <span className="quiet">{nextText(subscription, today, t, f)}</span>
        <TagEditor holder={{ kind: 'subscription', id }} name={reference} tags={tags} mayWrite={may('tags.write')} />
        {onAct === undefined ? null : (
          <div className="page-actions">
            <Button variant="quiet" aria-label={t('subs.edit.of', { reference })} onClick={() => onAct('edit')}>
              {t('action.edit')}
            </Button>
            <Button variant="quiet" aria-label={t('subs.remove.of', { reference })} onClick={() => onAct('remove')}>
              {t('action.remove')}
            </Button>
          </div>
        )}
      </div>
      <dl className="contract-facts">
        <div>
          <dt>{t('subs.run')}</dt>
          <dd className="num">{runText(subscription, t, f)}</dd>
        </div>
        <div>
          <dt>{t('subs.term')}</dt>
          <dd>{termMonths === null ? '' : t('subs.months', { count: termMonths })}</dd>
        </div>
        <div>
          <dt>{t('subs.autoRenew')}</dt>
          <dd>{t(autoRenews ? 'subs.autoRenew.on' : 'subs.autoRenew.off')}</dd>
        </div>
        <div>
          <dt>{t('subs.payment')}</dt>
          <dd>
            <State glyph={paymentGlyphs[paymentState]} word={t(`subs.payment.${paymentState}`)} />
          </dd>
        </div>
        <div>
          <dt>{t('subs.setup')}</dt>
          <dd>
            <State glyph={setupGlyphs[setupState]} word={t(`subs.setup.${setupState}`)} />
            {setupNote === null ? null : <p className="quiet wrap">{t('subs.setup.says', { text: setupNote })}</p>}
          </dd>
        </div>
      </dl>
      <LicenseTable name={t('lines.of', { name: reference })} lines={subscription.lines.map(shareOf)} />
    </section>
  );
}
