import { Button } from '@mantine/core';
import { type ImportMapping, ShippedMapping } from '@hub/contract/import-mappings';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import './saved-mappings.css';
import { mappingsQuery, useRemoveMapping } from './queries.ts';

/** The mappings that read files unasked, and those that the hub brings; nothing where there are none to see. */
export function SavedMappings({ mayWrite }: { mayWrite: boolean }) {
  const { t, f } = useText();
  const { data } = useQuery(mappingsQuery);
  if (data === undefined || (data.items.length === 0 && !mayWrite)) return null;
  return (
    <section className="band" aria-labelledby="saved-mappings">
      <h2 id="saved-mappings">{t('mappings.title')}</h2>
      {data.items.length === 0 ? null : <p className="quiet">{t('mappings.intro')}</p>}
      <ul className="plain-list saved-mappings">
        {data.items.map((mapping) => (
          <li key={mapping.id}>
            <span className="strong wrap">{mapping.name}</span>
            <span className="quiet">
              {[
                t(`feed.${mapping.feed}`),
                t('mappings.fields', { count: mapping.fields }),
                t('mappings.version', { version: mapping.version }),
                f.date(mapping.createdAt),
                ...(mapping.createdBy === null ? [] : [mapping.createdBy]),
              ].join(', ')}
            </span>
            {mayWrite ? (
              <span className="row">
                <Button
                  size="compact-sm"
                  aria-label={t('mappings.change.of', { name: mapping.name })}
                  renderRoot={(props: object) => (
                    <Link {...props} to="/imports/mappings/$mappingId" params={{ mappingId: mapping.id }} />
                  )}
                >
                  {t('mappings.change')}
                </Button>
                <RemoveButton mapping={mapping} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <p className="quiet wrap shipped-mappings">
          {t('mappings.shipped')}{' '}
          {ShippedMapping.options.map((code) => (
            <Link key={code} to="/imports/mappings/$mappingId" params={{ mappingId: code }}>
              {t(`mappings.shipped.${code}`)}
            </Link>
          ))}
        </p>
      ) : null}
    </section>
  );
}

function RemoveButton({ mapping }: { mapping: ImportMapping }) {
  const { t } = useText();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useRemoveMapping();
  return (
    <>
      <Button
        size="compact-sm"
        aria-label={t('mappings.remove.of', { name: mapping.name })}
        onClick={() => setIsAsking(true)}
      >
        {t('mappings.remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('mappings.remove.title', { name: mapping.name })}
        confirm={t('mappings.remove')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(mapping.id, {
            onSuccess: () => toast({ title: t('mappings.removed', { name: mapping.name }) }),
          })
        }
        onClose={() => setIsAsking(false)}
      >
        {t('mappings.remove.body')}
      </ConfirmDialog>
    </>
  );
}
