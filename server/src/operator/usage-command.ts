import { Readable } from 'node:stream';
import { CalendarDate } from '@hub/contract/ids';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { exportCallingUsage } from '../features/calling-usage/index.ts';
import { actingFor } from './acting-for.ts';
import { command } from './command.ts';

/** The bytes of GET /api/calling-usage/export. */
export const usageCommand = command({
  args: z.object({ region: RegionCode, from: CalendarDate, to: CalendarDate, partner: z.string().optional() }),
  runsImports: false,
  async run(context, { partner, ...range }) {
    const ctx = await actingFor(context, partner);
    const { body } = await exportCallingUsage(ctx, { ...range, sort: 'customerName', order: 'asc' });
    for await (const chunk of Readable.from(typeof body === 'string' ? [body] : body)) {
      context.signal.throwIfAborted();
      await context.tell.data(Buffer.from(chunk as string | Buffer));
    }
    return 'fine';
  },
});
