import { z } from 'zod';
import { command } from './command.ts';

/** Opening the hub migrates it; this command tells what that did. */
export const migrateCommand = command({
  args: z.object({}),
  runsImports: false,
  async run({ hub, tell }) {
    const { directory, regional } = hub.migrated;
    for (const name of directory) tell.line(`directory: ${name}`);
    for (const { region, names } of regional) for (const name of names) tell.line(`region ${region}: ${name}`);
    const count = directory.length + regional.reduce((sum, { names }) => sum + names.length, 0);
    const when = hub.address === undefined ? '' : ' when Partner Hub was started';
    tell.line(
      count === 0
        ? 'Both stores have the newest schema already.'
        : `Both stores were brought to the newest schema${when}.`,
    );
    return 'fine';
  },
});
