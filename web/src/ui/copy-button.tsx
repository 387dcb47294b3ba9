import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '../lib/copy-text.ts';
import { useText } from '../lib/i18n.ts';

function useCopied(): [boolean, (text: string) => void] {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return [
    isCopied,
    (text) => {
      copyText(text).then(
        () => setIsCopied(true),
        () => setIsCopied(false),
      );
    },
  ];
}

/** An icon that copies; `name` says what. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const { t } = useText();
  const [isCopied, copy] = useCopied();
  const label = isCopied ? t('action.copied') : t('action.copyValue', { name });
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} onClick={() => copy(text)} className="copy">
        {isCopied ? <IconCheck size={14} stroke={1.8} /> : <IconCopy size={14} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The same with its word. */
export function CopyTextButton({
  text,
  word,
  variant = 'subtle',
}: {
  text: string;
  word: string;
  variant?: 'subtle' | 'default';
}) {
  const { t } = useText();
  const [isCopied, copy] = useCopied();
  return (
    <Button variant={variant} leftSection={<IconCopy size={16} stroke={1.6} />} onClick={() => copy(text)}>
      {isCopied ? t('action.copied') : word}
    </Button>
  );
}
