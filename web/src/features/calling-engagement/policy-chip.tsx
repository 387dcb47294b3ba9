import { Popover } from '@mantine/core';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { IconAdjustmentsHorizontal, IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';

// Asked for by a click.
const PolicyChoices = lazy(async () => ({ default: (await import('./policy-choices.tsx')).PolicyChoices }));

/** Names the policy behind the numbers of quality, and changes it on this page. */
export function PolicyChip({
  policy,
  version,
  onChange,
}: {
  policy: QualityPolicy;
  version: number;
  onChange: (policy: QualityPolicy) => void;
}) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" width={400} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="policy-chip" onClick={() => setIsOpen(!isOpen)}>
          <IconAdjustmentsHorizontal size={14} stroke={1.6} aria-hidden="true" />
          <span>
            <span className="unseen">{t('quality.policy')}: </span>
            <strong>{t(`quality.policy.${policy}`)}</strong> {t('quality.version', { version })}
          </span>
          <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('quality.policy')}>
        <Suspense fallback={null}>
          <PolicyChoices policy={policy} onChange={onChange} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

export const otherPolicy = (policy: QualityPolicy): QualityPolicy =>
  policy === 'documented' ? 'any_threshold' : 'documented';
