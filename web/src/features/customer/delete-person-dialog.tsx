import { Button, Checkbox, TextInput } from '@mantine/core';
import type { findPersonData } from '@hub/contract/deletions';
import type { ReplyOf } from '@hub/contract/endpoint';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { fieldsOfKind, isUuid, namesOf, noPerson, type PersonFields, typedName } from './person-fields.ts';
import { useDeletePerson, useFindPerson } from './queries.ts';

type PersonData = ReplyOf<typeof findPersonData>;
const fieldNames = ['userUuid', 'emails', 'numbers', 'names'] as const;

/** Asks by what the person is known, tells in numbers what there is of them, asks for one of the names again, and queues the deletion. */
export function DeletePersonDialog({ customer, onClose }: { customer: CustomerShown; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const find = useFindPerson();
  const [fields, setFields] = useState<PersonFields>(noPerson);
  const change = (changed: Partial<PersonFields>): void => {
    setFields({ ...fields, ...changed });
    find.reset();
  };
  const isWrong = fields.userUuid.trim() !== '' && !isUuid(fields.userUuid);
  return (
    <Dialog title={t('deletion.person.title', { name: customer.name })} onClose={onClose}>
      <div className="stack">
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!isWrong) find.mutate({ params: { customerId: customer.id }, body: namesOf(fields) });
          }}
        >
          <p className="quiet">{t('deletion.person.hint')}</p>
          {fieldNames.map((name) => (
            <TextInput
              key={name}
              label={t(`deletion.person.${name}`)}
              description={name === 'userUuid' ? undefined : t(`deletion.person.${name}.hint`)}
              error={name === 'userUuid' && isWrong ? t('deletion.person.noUuid') : null}
              autoComplete="off"
              spellCheck={false}
              data-autofocus={name === 'userUuid' || undefined}
              value={fields[name]}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          ))}
          <InlineError error={find.error} />
          {find.data === undefined ? (
            <div className="dialog-actions">
              <Button onClick={onClose}>{t('action.cancel')}</Button>
              <Button type="submit" variant="filled" loading={find.isPending} disabled={typedName(fields) === ''}>
                {t('deletion.person.find')}
              </Button>
            </div>
          ) : null}
        </form>
        {find.data === undefined ? null : (
          <>
            <Known known={find.data.alsoKnown} fields={fields} onAdd={change} />
            <ConfirmForm customer={customer} fields={fields} there={find.data} onClose={onClose} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Known({
  known,
  fields,
  onAdd,
}: {
  known: PersonData['alsoKnown'];
  fields: PersonFields;
  onAdd: (changed: Partial<PersonFields>) => void;
}) {
  const { t } = useText();
  const others = (['userUuids', 'emails', 'numbers', 'names'] as const).flatMap((kind) =>
    known[kind].map((text) => ({ kind, text })),
  );
  if (others.length === 0) return null;
  return (
    <section aria-label={t('deletion.person.known')}>
      <h3>{t('deletion.person.known')}</h3>
      <p className="help">{t('deletion.person.known.hint')}</p>
      <div className="row wrap">
        {others.map(({ kind, text }) => (
          <Button
            key={`${kind} ${text}`}
            leftSection={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
            aria-label={t('deletion.person.add', { text })}
            onClick={() => onAdd(fieldsOfKind(fields, kind, text))}
          >
            {text}
          </Button>
        ))}
      </div>
    </section>
  );
}

function ConfirmForm({
  customer,
  fields,
  there,
  onClose,
}: {
  customer: CustomerShown;
  fields: PersonFields;
  there: PersonData;
  onClose: () => void;
}) {
  const { t } = useText();
  const remove = useDeletePerson();
  const [isMeant, setMeant] = useState(false);
  const [confirm, setConfirm] = useState('');
  const names = namesOf(fields);
  const isShared = names.numbers.length + names.names.length > 0;
  const typed = typedName(fields);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate(
          { params: { customerId: customer.id }, body: { ...names, confirm, sharedIsMeant: isMeant } },
          {
            onSuccess: () => {
              toast({ title: t('deletion.asked') });
              onClose();
            },
          },
        );
      }}
    >
      <FoundOfPerson there={there} />
      <p className="quiet">{t('deletion.person.stays')}</p>
      {isShared ? (
        <Checkbox
          label={t('deletion.person.shared')}
          checked={isMeant}
          onChange={(event) => setMeant(event.currentTarget.checked)}
        />
      ) : null}
      <TextInput
        label={t('deletion.person.confirm', { name: typed })}
        autoComplete="off"
        spellCheck={false}
        value={confirm}
        onChange={(event) => setConfirm(event.currentTarget.value)}
      />
      <InlineError error={remove.error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button
          type="submit"
          variant="danger-filled"
          loading={remove.isPending}
          disabled={confirm.trim().toLowerCase() !== typed.toLowerCase() || (isShared && !isMeant)}
        >
          {t('deletion.person.act')}
        </Button>
      </div>
    </form>
  );
}

function FoundOfPerson({ there: { regions, unavailable, contactFields } }: { there: PersonData }) {
  const { t, f } = useText();
  return (
    <div aria-live="polite">
      {regions.length === 0 && unavailable.length === 0 ? <p>{t('deletion.person.nothing')}</p> : null}
      {regions.map(({ region, feeds }) => (
        <section key={region} aria-label={t(`region.${region}`)}>
          <h3>{t(`region.${region}`)}</h3>
          <ul className="plain-list">
            {feeds.map(({ feed, stored, held, rejected, named = 0, firstDay, lastDay }) => (
              <li key={feed}>
                {t('deletion.rows', { feed: t(`feed.${feed}`), stored, held, rejected })}
                {firstDay === null || lastDay === null ? null : (
                  <p className="help">
                    {firstDay === lastDay
                      ? f.date(firstDay)
                      : t('deletion.person.days', { from: f.date(firstDay), to: f.date(lastDay) })}
                  </p>
                )}
                {named === 0 ? null : <p className="help">{t('deletion.person.named', { count: named })}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {contactFields === 0 ? null : <p>{t('deletion.person.contact')}</p>}
      {unavailable.map((region) => (
        <p key={region}>{t('deletion.unavailable', { region: t(`region.${region}`) })}</p>
      ))}
    </div>
  );
}
