import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../lib/i18n.ts';

/** A password with a switch to see it, and a word when Caps Lock is on. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useText();
  const [hasCaps, setHasCaps] = useState(false);
  return (
    <div>
      <PasswordInput
        {...props}
        visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword'), tabIndex: 0 }}
        onKeyUp={(event) => setHasCaps(event.getModifierState('CapsLock'))}
      />
      {hasCaps ? <output className="help caps">{t('signIn.capsLock')}</output> : null}
    </div>
  );
}
