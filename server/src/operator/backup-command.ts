import { z } from 'zod';
import { writeBackup } from '../features/backup/index.ts';
import { StoreFault } from '../platform/regional-store/index.ts';
import { command } from './command.ts';
import { pauseImports } from './pause-imports.ts';
import { Refusal } from './refusal.ts';

export const backupCommand = command({
  args: z.object({
    /** An absolute path that does not exist yet. */
    folder: z.string().min(1),
  }),
  runsImports: false,
  async run({ hub, tell, signal }, { folder }) {
    try {
      const { files, bytes } = await writeBackup(hub.stores, folder, {
        clock: hub.installation.clock,
        pauseImports: () => pauseImports(hub),
        onProgress: (text) => tell.progress(text),
        signal,
      });
      tell.line(`The backup is in ${folder}: ${files} files, ${new Intl.NumberFormat('en').format(bytes)} bytes.`);
      return 'fine';
    } catch (error) {
      if (signal.aborted) throw new Refusal('Interrupted; no backup was written.');
      if (error instanceof StoreFault)
        throw new Refusal(
          `No backup was written. ${error.message}. A backup holds every region: try again when it answers.`,
        );
      hub.installation.log.error({ err: error }, 'backup failed');
      throw new Refusal(`No backup was written. ${(error as Error).message}`);
    }
  },
});
