import { Button } from '@mantine/core';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import type { TableChoices } from '../../lib/use-table-choices.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { FilterMenu } from './filter-menu.tsx';
import type { ListQuestion } from './list-queries.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Filters, views, and how the table looks; on a phone the way to choose rows. */
export function ListTools({
  question,
  choices,
  columns,
  onChange,
  onSave,
  onViews,
  onGroups,
  onSelect,
}: {
  question: ListQuestion;
  choices: TableChoices;
  columns: readonly { key: string; label: string }[];
  onChange: (change: Partial<ListQuestion>) => void;
  onSave: () => void;
  onViews: () => void;
  onGroups: () => void;
  /** Absent where nothing can be done with chosen rows. */
  onSelect: (() => void) | undefined;
}) {
  const { t } = useText();
  const isPhone = useIsPhone();
  return (
    <div className="list-band">
      <FilterMenu filter={question.filter} onChange={(filter) => onChange({ filter })} onGroups={onGroups} />
      <ViewsMenu question={question} onOpen={onChange} onSave={onSave} onManage={onViews} onGroups={onGroups} />
      {isPhone ? (
        onSelect === undefined ? null : (
          <Button variant="subtle" className="push" onClick={onSelect}>
            {t('list.select')}
          </Button>
        )
      ) : (
        <div className="row push">
          <Button variant="subtle" aria-pressed={choices.isDense} onClick={() => choices.setIsDense(!choices.isDense)}>
            {t('common.density')}: {t(choices.isDense ? 'common.density.compact' : 'common.density.comfortable')}
          </Button>
          <ColumnChooser
            choices={columns}
            hidden={choices.hidden}
            onChange={choices.setHidden}
            onReset={choices.reset}
          />
        </div>
      )}
    </div>
  );
}
