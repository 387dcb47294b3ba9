import { Button, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { TagsDialog } from '../tags/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { facetQuery } from './list-queries.ts';
import { conditionsOf, valuesIn, withValues } from './query-text.ts';
import { fieldWord, valueWord } from './query-words.ts';

const DrawerPanel = lazy(async () => ({ default: (await import('../../ui/drawer-panel.tsx')).DrawerPanel }));

const fields = [
  { name: 'managed', kind: 'choice' },
  { name: 'product', kind: 'choice' },
  { name: 'status', kind: 'choice' },
  { name: 'type', kind: 'choice' },
  { name: 'tag', kind: 'named' },
  { name: 'region', kind: 'choice' },
  { name: 'group', kind: 'named' },
] as const;

interface FilterProps {
  filter: string;
  onChange: (filter: string) => void;
  onGroups: () => void;
}
type FieldsProps = FilterProps & { onTags: () => void };

/** For those who do not type: the seven filters with their values and counts. A sheet on a phone. */
export function FilterMenu(props: FilterProps) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const [isOpen, setIsOpen] = useState(false);
  const [isManaging, setIsManaging] = useState(false);
  const onTags = () => {
    setIsOpen(false);
    setIsManaging(true);
  };
  const tags = (
    <Suspense fallback={null}>
      {isManaging ? <TagsDialog kinds={['customer', 'subscription']} onClose={() => setIsManaging(false)} /> : null}
    </Suspense>
  );
  const count = conditionsOf(props.filter).length;
  const button = (
    <Button
      variant={isPhone ? 'default' : 'subtle'}
      leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
      rightSection={count === 0 ? null : <span className="count-mark num">{f.number(count)}</span>}
      aria-label={count === 0 ? undefined : `${t('filter.title')}: ${f.number(count)}`}
      aria-expanded={isOpen}
      onClick={() => setIsOpen(!isOpen)}
    >
      {t('filter.title')}
    </Button>
  );
  if (isPhone) {
    return (
      <>
        {button}
        <Suspense fallback={null}>
          {isOpen ? (
            <DrawerPanel title={t('filter.title')} position="bottom" size="85%" onClose={() => setIsOpen(false)}>
              <FilterFields {...props} onTags={onTags} />
            </DrawerPanel>
          ) : null}
        </Suspense>
        {tags}
      </>
    );
  }
  return (
    <>
      <Popover position="bottom-start" width={300} trapFocus returnFocus opened={isOpen} onChange={setIsOpen}>
        <Popover.Target>{button}</Popover.Target>
        <Popover.Dropdown aria-label={t('filter.title')} className="filter-menu">
          <FilterFields
            {...props}
            onTags={onTags}
            onGroups={() => {
              setIsOpen(false);
              props.onGroups();
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {tags}
    </>
  );
}

function FilterFields({ filter, onChange, onGroups, onTags }: FieldsProps) {
  const { t } = useText();
  const [opened, setOpened] = useState<string>('status');
  return (
    <div className="filter-fields">
      {fields.map((field) => {
        const chosen = valuesIn(filter, field.name);
        const isOpen = opened === field.name;
        return (
          <section key={field.name}>
            <button
              type="button"
              className="filter-field"
              aria-expanded={isOpen}
              onClick={() => setOpened(isOpen ? '' : field.name)}
            >
              {fieldWord(field.name, t)}
              {chosen.length === 0 ? null : <span className="count-mark num">{chosen.length}</span>}
            </button>
            {isOpen ? <FilterValues field={field} filter={filter} chosen={chosen} onChange={onChange} /> : null}
            {isOpen && field.name === 'tag' ? (
              <Button variant="subtle" onClick={onTags}>
                {t('tags.manage')}
              </Button>
            ) : null}
            {isOpen && field.name === 'group' ? (
              <Button variant="subtle" onClick={onGroups}>
                {t('groups.manage')}
              </Button>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}

function FilterValues({
  field,
  filter,
  chosen,
  onChange,
}: {
  field: (typeof fields)[number];
  filter: string;
  chosen: readonly string[];
  onChange: (filter: string) => void;
}) {
  const { t, f } = useText();
  // Counted under the other filters: what choosing one more would add.
  const facet = useQuery(facetQuery({ field: field.name, filter: withValues(filter, field, []) }));
  const found = facet.data?.items ?? [];
  const values = [
    ...found,
    ...chosen
      .filter((value) => !found.some((other) => other.value === value))
      .map((value) => ({ value, customers: facet.data === undefined ? undefined : 0 })),
  ];
  const toggle = (value: string) =>
    onChange(
      withValues(
        filter,
        field,
        chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value],
      ),
    );
  if (values.length === 0)
    return <p className="help filter-none">{t(facet.isPending ? 'state.loading' : 'filter.noValues')}</p>;
  return (
    <ul className="filter-values">
      {values.map(({ value, customers }) => (
        <li key={value}>
          <label>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span className="grow cut">{valueWord(field.name, value, t, f)}</span>{' '}
            <span className="quiet num">{customers === undefined ? '' : f.number(customers)}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
