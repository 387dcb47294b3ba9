import { healthFactors } from '@hub/contract/health-rules';
import { useText } from '../../lib/i18n.ts';

/** How a score is made, factor by factor. */
export function HealthRules() {
  const { t } = useText();
  return (
    <>
      <p>{t('health.how.text')}</p>
      <dl className="health-rules">
        {healthFactors.map((factor) => (
          <div key={factor}>
            <dt>{t(`health.factor.${factor}`)}</dt>
            <dd>{t(`health.${factor}.rule`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
