import { GroupChoice } from '../calling-usage/index.ts';

/** Arrives after the page: a select is heavy, and most partners have no groups. */
export function GroupPart({
  filter,
  onChange,
}: {
  filter: string | undefined;
  onChange: (filter: string | undefined) => void;
}) {
  return <GroupChoice filter={filter} onChange={onChange} />;
}
