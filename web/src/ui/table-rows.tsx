import type { VirtualItem } from '@tanstack/react-virtual';
import { memo, type ReactNode } from 'react';
import type { Column, RowSelection } from './table-columns.ts';

interface TableRowsProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The rows that are in view or kept, from the top. */
  places: readonly VirtualItem[];
  /** Keys of those that are drawn by now. */
  drawn: ReadonlySet<string>;
  rowHeight: number;
  isGroup: ((row: Row) => boolean) | undefined;
  /** Of all rows together, in pixels. */
  height: number;
  selectedKey: string | undefined;
  selection: RowSelection<Row> | undefined;
}

/** The rows that are drawn, and between them the room of those that are not. */
export function TableRows<Row>({
  columns,
  rows,
  rowKey,
  places,
  drawn,
  rowHeight,
  isGroup,
  height,
  selectedKey,
  selection,
}: TableRowsProps<Row>) {
  const span = columns.length + (selection === undefined ? 0 : 1);
  const parts: ReactNode[] = [];
  let reached = 0;
  const addRoom = (key: string, until: number): void => {
    if (until > reached) parts.push(<Room key={key} height={until - reached} rowHeight={rowHeight} span={span} />);
  };
  for (const { index, start, end } of places) {
    const row = rows[index];
    const key = row === undefined ? '' : rowKey(row);
    if (row === undefined || !drawn.has(key)) continue;
    // Named for the row that follows: no row is moved, and loses the focus, because room comes or goes before it.
    addRoom(`before ${key}`, start);
    parts.push(
      <TableRow
        key={key}
        row={row}
        index={index}
        columns={columns}
        height={rowHeight}
        isGroup={isGroup?.(row) ?? false}
        isSelected={selection?.isSelected(row) ?? (selectedKey === undefined ? undefined : key === selectedKey)}
        selection={selection}
      />,
    );
    reached = end;
  }
  addRoom('behind all', height);
  return <tbody>{parts}</tbody>;
}

interface TableRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  height: number;
  isGroup: boolean;
  isSelected: boolean | undefined;
  selection: RowSelection<Row> | undefined;
}

const TableRow = memo(function TableRowDrawn<Row>({
  row,
  index,
  columns,
  height,
  isGroup,
  isSelected,
  selection,
}: TableRowProps<Row>) {
  return (
    <tr aria-rowindex={index + 2} aria-selected={isSelected} data-group={isGroup || undefined} style={{ height }}>
      {selection === undefined ? null : <SelectCell row={row} index={index} selection={selection} />}
      <RowCells row={row} index={index} columns={columns} first={selection === undefined ? 0 : 1} />
    </tr>
  );
}) as <Row>(props: TableRowProps<Row>) => ReactNode; // memo forgets that a component is generic

interface RowCellsProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  /** The number of the first of these cells in its row. */
  first: number;
}

/** Drawn once, whatever is selected and however many rows come: these are the costly part. */
const RowCells = memo(function RowCellsDrawn<Row>({ row, index: rowIndex, columns, first }: RowCellsProps<Row>) {
  return columns.map((column, index) => (
    <td key={column.key} data-place={`${rowIndex},${index + first}`} data-number={column.isNumber}>
      {column.cell(row)}
    </td>
  ));
}) as <Row>(props: RowCellsProps<Row>) => ReactNode;

function SelectCell<Row>({ row, index, selection }: { row: Row; index: number; selection: RowSelection<Row> }) {
  return (
    <td data-place={`${index},0`}>
      <input
        type="checkbox"
        className="select"
        aria-label={selection.nameOf(row)}
        checked={selection.isSelected(row)}
        onChange={() => {}}
        onClick={(event) => selection.toggle(index, event.shiftKey)}
      />
    </td>
  );
}

/** For rows that are not drawn: marks and lines as high as they are. */
function Room({ height, rowHeight, span }: { height: number; rowHeight: number; span: number }) {
  return (
    <tr aria-hidden="true" className="room">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- room for the rows that are not drawn, hidden from everybody */}
      <td colSpan={span} style={{ height, backgroundSize: `140px ${rowHeight}px, 100% ${rowHeight}px` }} />
    </tr>
  );
}
