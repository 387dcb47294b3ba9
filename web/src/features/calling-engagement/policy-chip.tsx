import { Popover } from '@mantine/core';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { IconAdjustmentsHorizontal, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Choices } from '../../ui/choices.tsx';

const policies = ['documented', 'any_threshold'] as const;

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
        <Choices
          label={t('quality.policy')}
          value={policy}
          choices={policies.map((value) => ({
            value,
            label: t(`quality.policy.${value}`),
            description: t(`quality.policy.${value}.desc`),
          }))}
          onChange={onChange}
        />
        <p className="help policy-hint">{t('quality.policy.here')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

export const otherPolicy = (policy: QualityPolicy): QualityPolicy =>
  policy === 'documented' ? 'any_threshold' : 'documented';
