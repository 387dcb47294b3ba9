import { Button } from '@mantine/core';
import type { ImportBatch } from '@hub/contract/imports';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../lib/i18n.ts';
import { isOfRecords } from '../needs.ts';

/** Leads to the page where the columns of a kept file are told. */
export function MapColumnsLink({ batch }: { batch: ImportBatch }) {
  const { t } = useText();
  return (
    <div>
      <Button
        variant={isOfRecords(batch) ? 'default' : 'filled'}
        renderRoot={(props: object) => (
          <Link {...props} to="/imports/$importId/columns" params={{ importId: batch.id }} />
        )}
      >
        {t('imports.needs.columns')}
      </Button>
    </div>
  );
}
