import { z } from 'zod';
import { inTenant } from '../features/access/index.ts';
import { findImportByNumber, getImportUndo, undoImport } from '../features/imports/index.ts';
import { HubError } from '../platform/hub-error.ts';
import { actingFor } from './acting-for.ts';
import { command } from './command.ts';
import { Refusal } from './refusal.ts';

const number = new Intl.NumberFormat('en');

/** Takes an import back as a whole, or tells what that would do. */
export const undoCommand = command({
  args: z.object({ number: z.int().min(1), partner: z.string().optional(), looksOnly: z.boolean() }),
  runsImports: false,
  async run({ tell, ...context }, { number: wanted, partner, looksOnly }) {
    const ctx = await actingFor({ tell, ...context }, partner);
    const found = await inTenant(ctx, (tx) => findImportByNumber(tx, wanted));
    if (found === undefined) throw new Refusal(`There is no import B-${wanted}.`);
    const name = `B-${wanted} ${found.file_name}`;
    if (found.state === 'undone') {
      tell.line(`${name}: was undone before; nothing changed.`);
      return 'fine';
    }
    const { refusal, removed, restored, held } = await getImportUndo(ctx, found.id);
    if (refusal !== null) throw new HubError(refusal.code, refusal.data);
    if (!looksOnly) await undoImport(ctx, found.id);
    tell.line(`${name}: ${looksOnly ? 'can be undone.' : 'undone.'}`);
    const told = { 'rows go': removed, 'earlier versions come back': restored, 'held rows go': held };
    for (const [what, count] of Object.entries(told))
      tell.line(`  ${what.padEnd(28)}${number.format(count).padStart(15)}`);
    return 'fine';
  },
});
