import { z } from 'zod';
import { variableOfRegion } from '../platform/config.ts';
import { command } from './command.ts';

/** Opening the hub migrates it; this command tells what that did, and fails where a region could not be reached for it. */
export const migrateCommand = command({
  args: z.object({}),
  runsImports: false,
  async run({ hub, tell }) {
    const { directory, regional } = hub.migrated;
    for (const name of directory) tell.line(`directory: ${name}`);
    for (const { region, names } of regional) for (const name of names) tell.line(`region ${region}: ${name}`);
    const count = directory.length + regional.reduce((sum, { names }) => sum + names.length, 0);
    const when = hub.address === undefined ? '' : ' when Partner Hub was started';
    const left = hub.stores.away().filter(({ isPrepared }) => !isPrepared);
    for (const { region, reason } of left)
      tell.line(
        `Region ${region} was not migrated. ${reason}. What to do: mend its server, or correct ${variableOfRegion(region)}.`,
      );
    const isAny = left.length < hub.stores.regional.size;
    const stores =
      left.length === 0 ? 'Both stores' : isAny ? 'The directory and the other regions' : 'The directory alone';
    const verb = (many: string, one: string): string => (isAny || left.length === 0 ? many : one);
    tell.line(
      count === 0
        ? `${stores} ${verb('have', 'has')} the newest schema already.`
        : `${stores} ${verb('were', 'was')} brought to the newest schema${when}.`,
    );
    return left.length === 0 ? 'fine' : 'failed';
  },
});
