import type { Administrator } from '@hub/contract/administrators';
import { useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { PersonAct } from './acts.ts';
import { Customers, PersonActs, peopleColumns } from './people-columns.tsx';

/** Every administrator by name; a phone shows three lines each. */
export function PeopleList({
  people,
  mayWrite,
  selected,
  onAct,
}: {
  people: readonly Administrator[];
  mayWrite: boolean;
  selected: string | undefined;
  onAct: (act: PersonAct, person: Administrator) => void;
}) {
  const { t, f, language } = useText();
  const isPhone = useIsPhone();
  const isBesidePanel = selected !== undefined;
  const columns = useMemo(
    () => peopleColumns(t, f, { mayWrite, isShort: isBesidePanel, language, onAct }),
    [t, f, language, mayWrite, isBesidePanel, onAct],
  );
  return (
    <section aria-label={t('admins.table')}>
      <div className="section-head admins-head">
        <h2>{t('nav.administrators')}</h2>
        <span className="quiet num">{t('admins.count', { count: people.length })}</span>
      </div>
      {isPhone ? (
        <ul className="admins-lines">
          {people.map((person) => (
            <li key={person.personId} className="row">
              <div className="grow">
                <PersonName person={person} />
                <p className="help wrap">{person.email}</p>
                <p>{t(`role.${person.role}`)}</p>
                <p className="quiet num">
                  <Customers person={person} mayWrite={mayWrite} />
                  {' · '}
                  {t('admins.col.used')}:{' '}
                  {person.lastUsedAt === null ? t('admins.neverUsed') : f.shortDateTime(person.lastUsedAt)}
                </p>
              </div>
              {mayWrite ? <PersonActs person={person} onAct={onAct} /> : null}
            </li>
          ))}
        </ul>
      ) : (
        <div className="admins-table">
          <DataTable
            name={t('admins.table')}
            columns={columns}
            rows={people}
            rowCount={people.length}
            rowKey={(person) => person.personId}
            rowHeight={36}
            selectedKey={selected}
          />
        </div>
      )}
    </section>
  );
}

function PersonName({ person }: { person: Administrator }) {
  const { t } = useText();
  return (
    <span className="row admins-name">
      <span className="strong wrap">{person.name}</span>
      {person.isYou ? <span className="mark">{t('admins.you')}</span> : null}
    </span>
  );
}
