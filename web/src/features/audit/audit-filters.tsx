import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import type { AuditEvent } from '@hub/contract/audit';
import { IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useText } from '../../lib/i18n.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { actionWords } from './audit-words.ts';
import type { AuditSearch } from './queries.ts';

/** Search, action and days; a person and an object are chosen by clicking them in the list, and stand here to be removed. */
export function AuditFilters({
  search,
  actions,
  events,
  onFilter,
  onClear,
}: {
  search: AuditSearch;
  actions: readonly string[];
  events: readonly AuditEvent[];
  onFilter: (change: AuditSearch) => void;
  onClear: (() => void) | undefined;
}) {
  const { t, f } = useText();
  const find = useCallback((text: string) => onFilter({ q: text === '' ? undefined : text }), [onFilter]);
  const known = search.action === undefined || actions.includes(search.action) ? actions : [search.action, ...actions];
  const choices = known
    .map((value) => ({ value, label: actionWords(value, t) }))
    .toSorted((a, b) => f.compare(a.label, b.label));
  const day = (value: string): string | undefined => (value === '' ? undefined : value);
  const person = events.find(({ actor }) => actor.personId === search.personId)?.actor.name;
  const target = events.find((event) => event.target.id === search.targetId)?.target.name;
  const customer = events.find(({ onBehalfOf }) => onBehalfOf?.customerId === search.customerId)?.onBehalfOf?.name;
  const chips = [
    ...(search.customerId === undefined
      ? []
      : [{ name: customer ?? t('target.customer'), remove: { customerId: undefined } }]),
    ...(search.personId === undefined
      ? []
      : [{ name: person ?? t('audit.filter.person'), remove: { personId: undefined } }]),
    ...(search.targetId === undefined && search.targetKind === undefined
      ? []
      : [{ name: target ?? t('audit.filter.target'), remove: { targetKind: undefined, targetId: undefined } }]),
  ];
  return (
    <div className="audit-bar">
      <SearchField value={search.q ?? ''} label={t('audit.search')} onChange={find} />
      <NativeSelect
        className="audit-action"
        aria-label={t('audit.action')}
        value={search.action ?? ''}
        onChange={(event) => onFilter({ action: day(event.currentTarget.value) })}
        data={[{ value: '', label: t('audit.action.all') }, ...choices]}
      />
      <div className="audit-days">
        <TextInput
          type="date"
          aria-label={t('usage.range.from')}
          value={search.from ?? ''}
          max={search.to}
          onChange={(event) => onFilter({ from: day(event.currentTarget.value) })}
        />
        <span className="quiet" aria-hidden="true">
          –
        </span>
        <TextInput
          type="date"
          aria-label={t('usage.range.to')}
          value={search.to ?? ''}
          min={search.from}
          onChange={(event) => onFilter({ to: day(event.currentTarget.value) })}
        />
      </div>
      {chips.map(({ name, remove }) => (
        <span key={name} className="audit-chip">
          <span className="cut">{name}</span>
          <ActionIcon size={20} aria-label={t('audit.filter.remove', { name })} onClick={() => onFilter(remove)}>
            <IconX size={14} stroke={1.6} />
          </ActionIcon>
        </span>
      ))}
      {onClear === undefined ? null : (
        <Button variant="subtle" onClick={onClear}>
          {t('audit.filter.clear')}
        </Button>
      )}
    </div>
  );
}
