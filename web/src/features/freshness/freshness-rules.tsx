import { useText } from '../../lib/i18n.ts';

/** How cadence, gaps and lateness are judged, in the words of docs/metrics.md. */
export function FreshnessRules() {
  const { t } = useText();
  return (
    <details className="fresh-rules">
      <summary>{t('fresh.rules')}</summary>
      <ul>
        {(['cadence', 'gap', 'late', 'holidays'] as const).map((rule) => (
          <li key={rule}>{t(`fresh.rules.${rule}`)}</li>
        ))}
      </ul>
    </details>
  );
}
