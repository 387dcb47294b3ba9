import { Menu } from '@mantine/core';
import { switchPartner } from '@hub/contract/administrators';
import type { PartnerId } from '@hub/contract/ids';
import { IconSelector } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useSession } from '../features/sessions/index.ts';
import { call, type Given } from '../lib/api.ts';
import { errorText } from '../lib/error-text.ts';
import { useText } from '../lib/i18n.ts';
import { toast } from '../ui/toast.tsx';

/** For whoever belongs to several partners: which one this is, and the way to the others. */
export function PartnerMenu() {
  const { t, f } = useText();
  const { partner, partners } = useSession();
  const change = useMutation({
    mutationFn: (body: Given<typeof switchPartner>['body']) => call(switchPartner, { body }),
  });
  const choose = (partnerId: PartnerId) => {
    if (partnerId === partner.id) return;
    change.mutate(
      { partnerId },
      {
        // A fresh load forgets every answer, and every waiting upload, of the partner before.
        onSuccess: () => window.location.assign('/'),
        onError: (error) => toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) }),
      },
    );
  };
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <button
          type="button"
          className="partner partner-switch"
          aria-label={t('frame.partner', { name: partner.name })}
          aria-busy={change.isPending}
        >
          <span className="cut">{partner.name}</span>
          <IconSelector size={16} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('frame.partners')}</Menu.Label>
        {partners
          .toSorted((a, b) => f.compare(a.name, b.name))
          .map(({ id, name }) => (
            <Menu.RadioItem
              key={id}
              value={id}
              checked={id === partner.id}
              closeMenuOnClick
              data-chosen={id === partner.id || undefined}
              onChange={() => choose(id)}
            >
              <span className="wrap">{name}</span>
            </Menu.RadioItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
