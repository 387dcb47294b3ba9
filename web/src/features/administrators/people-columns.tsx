import type { Administrator } from '@hub/contract/administrators';
import type { Language } from '@hub/contract/sessions';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import type { OnAct } from './acts.ts';

const PersonMenu = lazy(async () => ({ default: (await import('./person-menu.tsx')).PersonMenu }));

// The longest name of a role in each language.
const roleWidths: Record<Language, number> = { en: 260, bg: 350, ko: 220 };

/** Short: beside the panel, without the two dates. */
export function peopleColumns(
  t: Translate,
  f: Format,
  { mayWrite, isShort, language, onAct }: { mayWrite: boolean; isShort: boolean; language: Language; onAct: OnAct },
): Column<Administrator>[] {
  const dates: Column<Administrator>[] = [
    {
      key: 'lastUsedAt',
      head: t('admins.col.used'),
      unit: t('common.utc'),
      width: 130,
      isNumber: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <span className="quiet">{t('admins.neverUsed')}</span>
        ) : (
          <span title={f.seconds(lastUsedAt)}>{f.shortDateTime(lastUsedAt)}</span>
        ),
    },
    {
      key: 'addedAt',
      head: t('admins.col.added'),
      width: 110,
      isNumber: true,
      cell: ({ addedAt }) => <span title={`${f.seconds(addedAt)} UTC`}>{f.date(addedAt)}</span>,
    },
  ];
  return [
    {
      key: 'name',
      head: t('common.name'),
      width: 190,
      cell: (person) => (
        <span className="admins-cell">
          <span className="name" title={person.name}>
            {person.name}
          </span>
          {person.isYou ? <span className="mark">{t('admins.you')}</span> : null}
        </span>
      ),
    },
    {
      key: 'email',
      head: t('common.email'),
      width: isShort ? 190 : 205,
      cell: ({ email }) => <span title={email}>{email}</span>,
    },
    {
      key: 'role',
      head: t('common.role'),
      width: isShort ? 220 : roleWidths[language],
      cell: ({ role }) => <span title={`${t(`role.${role}`)}: ${t(`role.${role}.desc`)}`}>{t(`role.${role}`)}</span>,
    },
    {
      key: 'customers',
      head: t('admins.col.customers'),
      width: 130,
      isNumber: true,
      cell: (person) => <Customers person={person} mayWrite={mayWrite} />,
    },
    ...(isShort ? [] : dates),
    ...(mayWrite
      ? [
          {
            key: 'acts',
            head: t('admins.col.acts'),
            width: 104,
            isNumber: true,
            cell: (person: Administrator) => <PersonActs person={person} onAct={onAct} />,
          },
        ]
      : []),
  ];
}

/** All of them, or how many are assigned and the way to change that. */
export function Customers({ person, mayWrite }: { person: Administrator; mayWrite: boolean }) {
  const { t } = useText();
  if (person.customers === null) return t('admins.scope.all');
  if (!mayWrite) return t('count.customers', { count: person.customers });
  return (
    <Link
      to="/administrators"
      search={{ customersOf: person.personId }}
      className="count"
      preload={false}
      aria-label={`${t('assign.title', { name: person.name })}: ${t('assign.count', { count: person.customers })}`}
    >
      {t('count.customers', { count: person.customers })}
    </Link>
  );
}

/** What can be done with a person; where the button will stand until it has come. */
export function PersonActs(props: { person: Administrator; onAct: OnAct }) {
  return (
    <Suspense fallback={<span className="admins-acts" />}>
      <PersonMenu {...props} />
    </Suspense>
  );
}
