import { Button, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useText } from '../../lib/i18n.ts';

/** Names what it exports: exactly the rows of the filter. */
export function ExportButton({ rows, href }: { rows: number; href: string }) {
  const { t } = useText();
  const icon = <IconDownload size={16} stroke={1.6} />;
  if (rows === 0) {
    return (
      <Tooltip label={t('usage.export.nothing')}>
        <Button leftSection={icon} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
          {t('usage.export', { count: 0 })}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={t('usage.export.hint', { count: rows })}>
      <Button component="a" href={href} download leftSection={icon}>
        {t('usage.export', { count: rows })}
      </Button>
    </Tooltip>
  );
}
