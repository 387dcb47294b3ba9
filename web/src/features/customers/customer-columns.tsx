import type { CustomerRow, CustomerSort } from '@hub/contract/customers';
import { regionLabels } from '@hub/contract/regions';
import type { Language } from '@hub/contract/sessions';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { LicensesBar, LicensesNumbers } from './licenses.tsx';
import { ProductMarks } from './product-marks.tsx';
import { nextText, nextTitle, signInText } from './row-words.ts';
import { StatusBadges } from './status-badge.tsx';
import { signsOf } from './status-words.ts';
import { TagChips } from './tag-chip.tsx';

// Who manages a customer is the same for most: the room is the name's.
const hiddenAnywhere = ['managed', 'externalId', 'orgUuid', 'domain', 'country', 'createdAt'];
const hiddenTight = [...hiddenAnywhere, 'lastSignIn'];
const hiddenSmall = [...hiddenTight, 'products'];

/** How much room the window leaves beside the navigation: what stands in the list until somebody chooses fits into it. */
export type ListRoom = 'wide' | 'tight' | 'narrow' | 'small';

export const hiddenAtFirst: Record<ListRoom, readonly string[]> = {
  wide: hiddenAnywhere,
  tight: hiddenTight,
  narrow: hiddenTight,
  small: hiddenSmall,
};

// A column's key is what the server sorts by, where it does.
const sortOf: Record<string, CustomerSort> = {
  name: 'name',
  status: 'urgency',
  licenses: 'licenses',
  next: 'next',
  region: 'region',
  lastSignIn: 'lastSignIn',
  createdAt: 'createdAt',
};

export const columnOfSort = (sort: CustomerSort): string =>
  Object.keys(sortOf).find((key) => sortOf[key] === sort) ?? 'licenses';
export const sortOfColumn = (key: string): CustomerSort | undefined => sortOf[key];

/** The address of a customer's page. */
export function CustomerLink({ row }: { row: Pick<CustomerRow, 'id' | 'name'> }) {
  return (
    <Link to="/customers/$customerId" params={{ customerId: row.id }} className="name" title={row.name} preload={false}>
      <bdi>{row.name}</bdi>
    </Link>
  );
}

// Words differ in length, and in each language all that is shown at first fits: with what has one width for all and a scrollbar, 1213 of a
// window of 1440. What is left is the name's.
const widths: Record<
  Language,
  Record<'name' | 'status' | 'tags' | 'licenses' | 'next' | 'region' | 'managed' | 'last', number>
> = {
  en: { name: 201, status: 230, tags: 122, licenses: 152, next: 130, region: 78, managed: 72, last: 108 },
  bg: { name: 190, status: 252, tags: 117, licenses: 140, next: 127, region: 82, managed: 83, last: 113 },
  ko: { name: 209, status: 228, tags: 124, licenses: 158, next: 136, region: 72, managed: 70, last: 94 },
};

/** In a narrow room, 1053 of a window of 1280, the words of names and tags give way: both are told in full by their titles. */
const narrowWidths: Record<Language, Record<'name' | 'tags', number>> = {
  en: { name: 171, tags: 100 },
  bg: { name: 160, tags: 100 },
  ko: { name: 167, tags: 100 },
};

/** `seesLicenses`: whether numbers of licenses are told to the person; `onActs` absent: there is nothing to do to a row. */
export function customerColumns(
  t: Translate,
  f: Format,
  today: string,
  {
    onActs,
    onExplain,
    seesLicenses,
    room,
  }: {
    onActs: ((row: CustomerRow, button: HTMLElement) => void) | undefined;
    onExplain: (row: CustomerRow, button: HTMLElement) => void;
    seesLicenses: boolean;
    room: ListRoom;
  },
  language: Language,
): Column<CustomerRow>[] {
  const isNarrow = room === 'narrow' || room === 'small';
  const width = { ...widths[language], ...(isNarrow ? narrowWidths[language] : {}) };
  const text = (key: string, head: string, pixels: number, of: (row: CustomerRow) => string): Column<CustomerRow> => ({
    key,
    head,
    width: pixels,
    isSortable: key in sortOf,
    cell: (row) => <span title={of(row)}>{of(row)}</span>,
  });
  return [
    {
      key: 'name',
      head: t('customers.col.name'),
      width: width.name,
      isSortable: true,
      cell: (row) => <CustomerLink row={row} />,
    },
    {
      key: 'status',
      head: t('customers.col.statuses'),
      width: width.status,
      isSortable: true,
      cell: (row) => (
        <StatusBadges
          signs={signsOf(row)}
          today={today}
          next={row.next}
          onExplain={(button) => onExplain(row, button)}
        />
      ),
    },
    {
      key: 'tags',
      head: t('customers.col.tags'),
      width: width.tags,
      cell: (row) => <TagChips tags={row.tags} />,
    },
    {
      key: 'products',
      head: t('customers.col.products'),
      width: 94,
      cell: (row) => <ProductMarks products={row.products} />,
    },
    ...(seesLicenses ? [licensesColumn(t, width.licenses)] : []),
    {
      key: 'next',
      head: t('customers.col.endDate'),
      width: width.next,
      isSortable: true,
      cell: (row) => <span title={nextTitle(row, f)}>{nextText(row, today, t, f)}</span>,
    },
    text('region', t('customers.col.region'), width.region, (row) => regionLabels[row.region]),
    text('managed', t('customers.col.managedBy'), width.managed, (row) => t(`managed.${row.kind}`)),
    {
      key: 'lastSignIn',
      head: t('customers.col.lastActivity'),
      headTitle: t('customers.col.lastAdminActivity'),
      width: width.last,
      isSortable: true,
      cell: (row) => (
        <span title={row.lastSignIn.on === null ? undefined : f.date(row.lastSignIn.on)}>
          {signInText(row, today, t, f)}
        </span>
      ),
    },
    text('domain', t('field.domain'), 150, (row) => row.domain ?? ''),
    text('externalId', t('field.external'), 140, (row) => row.externalId ?? ''),
    {
      key: 'orgUuid',
      head: t('field.org'),
      width: 270,
      cell: (row) => <span className="mono">{row.orgUuid}</span>,
    },
    text('country', t('field.country'), 130, (row) => f.country(row.country)),
    text('createdAt', t('field.created'), 120, (row) => f.date(row.createdAt)),
    ...(onActs === undefined
      ? []
      : [
          {
            key: 'acts',
            head: t('customers.col.acts'),
            isHeadUnseen: true,
            width: 46,
            cell: (row: CustomerRow) => (
              <button
                type="button"
                className="row-acts"
                aria-haspopup="menu"
                aria-label={t('customers.acts', { name: row.name })}
                title={t('action.more')}
                onClick={(event) => onActs(row, event.currentTarget)}
              >
                <IconDots size={16} stroke={1.6} aria-hidden="true" />
              </button>
            ),
          },
        ]),
  ];
}

const licensesColumn = (t: Translate, width: number): Column<CustomerRow> => ({
  key: 'licenses',
  head: t('customers.col.licenses'),
  unit: t('customers.licenses.unit'),
  width,
  isNumber: true,
  isSortable: true,
  cell: (row) => (
    <span className="licenses-cell">
      <LicensesBar row={row} />
      <LicensesNumbers row={row} />
    </span>
  ),
});
