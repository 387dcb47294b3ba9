import { Button } from '@mantine/core';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { createToken } from '@hub/contract/tokens';
import { useText } from '../../lib/i18n.ts';
import { CopyTextButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { exampleOf } from './example-of.ts';

/** The secret of a token, the one time it is known, and how a program uses it. */
export function TokenOnce({ made, onClose }: { made: ReplyOf<typeof createToken>; onClose: () => void }) {
  const { t, f } = useText();
  const example = exampleOf(window.location.origin, made.secret, made.token.scopes);
  return (
    <Dialog title={t('tokens.secret.title')} onClose={onClose} isHeld>
      <div className="stack">
        <SecretField label={made.token.name} value={made.secret} copyWord={t('tokens.secret.copy')} />
        <p className="notice">
          <Glyph name="late" />
          <span>
            {t('tokens.secret.once')} {t('tokens.expires', { date: f.date(made.token.expiresAt) })}
          </span>
        </p>
        <div>
          <div className="row token-example-head">
            <h3 className="grow">{t('tokens.example')}</h3>
            <CopyTextButton text={example} word={t('tokens.example.copy')} />
          </div>
          <pre className="token-example" lang="en">
            {example}
          </pre>
        </div>
        <div className="dialog-actions">
          <Button variant="filled" onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
