import { useIsPhone } from '../lib/media.ts';
import { DataTable } from './data-table.tsx';
import type { Column } from './table-columns.ts';

/** A row for each region; on a phone its words in one line, and a line for each number that it has. */
export function RegionsTable<Row extends { region: string | null }>({
  name,
  columns,
  rows,
}: {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}) {
  const isPhone = useIsPhone();
  const keyOf = ({ region }: Row): string => region ?? 'all';
  if (!isPhone)
    return (
      <div className="rows-table">
        <DataTable name={name} columns={columns} rows={rows} rowCount={rows.length} rowKey={keyOf} rowHeight={36} />
      </div>
    );
  const words = columns.filter(({ isNumber }) => isNumber !== true);
  const numbers = columns.filter(({ isNumber }) => isNumber === true);
  return (
    <ul className="regions-list" aria-label={name}>
      {rows.map((row) => (
        <li key={keyOf(row)} className="lines">
          <div>
            {words.map(({ key, cell }) => (
              <span key={key}>{cell(row)}</span>
            ))}
          </div>
          {numbers.map(({ key, head, cell }) => {
            const value = cell(row);
            return value === '' ? null : (
              <div key={key} className="num">
                <span className="help">{head}</span>
                <span>{value}</span>
              </div>
            );
          })}
        </li>
      ))}
    </ul>
  );
}
