import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { regionLabels } from '@hub/contract/regions';
import { IconDots, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { signsOf, StatusBadge } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { TagEditor } from '../tags/index.ts';
import { TrialDialog } from '../trials/index.ts';
import { useText } from '../../lib/i18n.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { CustomerShown } from './customer-shown.ts';

const EditCustomerDialog = lazy(async () => ({
  default: (await import('./edit-customer-dialog.tsx')).EditCustomerDialog,
}));
const MergeCustomerDialog = lazy(async () => ({
  default: (await import('./merge-customer-dialog.tsx')).MergeCustomerDialog,
}));
const DeleteDataDialog = lazy(async () => ({
  default: (await import('./delete-data-dialog.tsx')).DeleteDataDialog,
}));
const DeletePersonDialog = lazy(async () => ({
  default: (await import('./delete-person-dialog.tsx')).DeletePersonDialog,
}));
const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-dialog.tsx')).SignInDialog }));

type Act = 'edit' | 'merge' | 'signIn' | 'trial' | 'delete' | 'deletePerson';

/** Who it is: name, statuses, tags, ids, where it is kept and why, and what can be done. */
export function CustomerHead({ customer }: { customer: CustomerShown }) {
  const { t } = useText();
  const { may } = useSession();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const { id, name, tags, today, next } = customer;
  return (
    <header className="page-head customer-head">
      <Link to="/customers" className="customer-back">
        {t('nav.customers')}
      </Link>
      <div className="customer-title">
        <h1 className="wrap">{name}</h1>
        {signsOf(customer).map((entry) => (
          <StatusBadge key={entry.status} entry={entry} today={today} next={next} />
        ))}
        <TagEditor holder={{ kind: 'customer', id }} name={name} tags={tags} mayWrite={may('tags.write')} />
      </div>
      <HeadActs customer={customer} onAct={setAct} />
      <Ids customer={customer} />
      <Suspense fallback={null}>
        {act === 'edit' ? <EditCustomerDialog customer={customer} onClose={close} /> : null}
        {act === 'merge' ? <MergeCustomerDialog customer={customer} onClose={close} /> : null}
        {act === 'delete' ? <DeleteDataDialog customer={customer} onClose={close} /> : null}
        {act === 'deletePerson' ? <DeletePersonDialog customer={customer} onClose={close} /> : null}
        {act === 'signIn' ? <SignInDialog customer={customer} onClose={close} /> : null}
        {act === 'trial' ? <TrialDialog customerId={id} customerName={name} today={today} onClose={close} /> : null}
      </Suspense>
    </header>
  );
}

function HeadActs({ customer, onAct }: { customer: CustomerShown; onAct: (act: Act) => void }) {
  const { t } = useText();
  const { may } = useSession();
  const isOwn = customer.kind === 'own';
  const mayChange = may('customers.write') && !isOwn;
  const mayTrial = may('subscriptions.write') && !isOwn;
  if (!may('customers.write') && !mayTrial) return null;
  return (
    <div className="page-actions">
      {may('customers.write') ? (
        <Menu position="bottom-end" width={260}>
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={t('customer.more')}>
              <IconDots size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onAct('signIn')}>{t('signin.title')}</Menu.Item>
            {mayChange ? <Menu.Item onClick={() => onAct('merge')}>{t('merge.act')}</Menu.Item> : null}
            {may('deletions.write') && customer.orgUuid !== null ? (
              <Menu.Item color="red" onClick={() => onAct('deletePerson')}>
                {t('deletion.person.act')}
              </Menu.Item>
            ) : null}
            {may('deletions.write') ? (
              <Menu.Item color="red" onClick={() => onAct('delete')}>
                {t('deletion.act')}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {mayChange ? <Button onClick={() => onAct('edit')}>{t('action.edit')}</Button> : null}
      {mayTrial ? (
        <Button variant="filled" onClick={() => onAct('trial')}>
          {t('trials.startTrial')}
        </Button>
      ) : null}
    </div>
  );
}

function Ids({ customer }: { customer: CustomerShown }) {
  const { t, f } = useText();
  const { id, orgUuid, externalId, region, country, kind, domain } = customer;
  const why = t('customer.region.why', { region: t(`region.${region}`), country: f.country(country) });
  return (
    <dl className="customer-ids">
      <div>
        <dt>{t('customer.orgId')}</dt>
        <dd>
          {orgUuid === null ? (
            <span className="quiet">{t('customer.orgId.none')}</span>
          ) : (
            <Id text={orgUuid} name={t('customer.orgId')} />
          )}
        </dd>
      </div>
      {externalId === null || externalId === '' ? null : (
        <div>
          <dt>{t('customers.externalId')}</dt>
          <dd>
            <Id text={externalId} name={t('customers.externalId')} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('customer.id')}</dt>
        <dd>
          <Id text={id} name={t('customer.id')} />
        </dd>
      </div>
      <div>
        <dt>{t('common.region')}</dt>
        <dd className="row tight">
          {regionLabels[region]}
          <Tooltip label={why}>
            <ActionIcon size={24} aria-label={why}>
              <IconInfoCircle size={14} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </dd>
      </div>
      <div>
        <dt>{t('customers.country')}</dt>
        <dd>{f.country(country)}</dd>
      </div>
      <div>
        <dt>{t('customer.managedBy')}</dt>
        <dd>{t(`customer.kind.${kind}`)}</dd>
      </div>
      {domain === null || domain === '' ? null : (
        <div>
          <dt>{t('customer.domain')}</dt>
          <dd className="wrap">{domain}</dd>
        </div>
      )}
    </dl>
  );
}

function Id({ text, name }: { text: string; name: string }) {
  return (
    <span className="row tight">
      <span className="mono wrap">{text}</span>
      <CopyButton text={text} name={name} />
    </span>
  );
}
