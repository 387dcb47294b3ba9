import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../access/index.ts';
import { queuePulled, spoolPath } from '../imports/index.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { PulledRecord } from './answer-shapes.ts';
import { inTenant, requirePermission } from '../access/index.ts';
import { lockEnabled } from './connector-queries.ts';
import { RunOver } from './pull-fault.ts';

/** An import for each organization and quarter of an hour would bury the list of imports; so many bytes, or seconds, are one. */
const fullBytes = 32_000_000;
const fullMilliseconds = 60_000;

/** What a run has fetched for one region and not handed over yet, one record a line, with how far each organization comes by it. */
export interface PullBatch<Move> {
  append(records: readonly PulledRecord[]): Promise<void>;
  /** Takes back what was appended since: of a window that was not fetched to its end. */
  rewind(bytes: number): void;
  readonly bytes: number;
  note(move: Move): void;
  isFull(): boolean;
  /** Queues the import and moves the organizations on in one transaction. Throws RunOver where the run is no longer wanted. */
  handOver(): Promise<void>;
  /** Deletes the file; what was not handed over is fetched again. */
  drop(): Promise<void>;
}

interface Owner<Move extends { orgUuid: string }> {
  connectorId: string;
  version: number;
  /** What the file is called by; the time is put behind it. */
  name: string;
  /** Notes how far an organization has come; false where it stands elsewhere than this run believes. */
  advance: (tx: TenantTx, move: Move) => Promise<boolean>;
  /** Of two moves of an organization the one that both come to. */
  join: (earlier: Move, later: Move) => Move;
}

/** In the region's spool folder, where a start sweeps what a crash left. */
export function openBatch<Move extends { orgUuid: string }>(
  ctx: Ctx,
  { connectorId, version, name, advance, join }: Owner<Move>,
  region: RegionCode,
): PullBatch<Move> {
  requirePermission(ctx, 'connectors.write');
  const path = spoolPath(ctx.dataDir, region, `${ctx.clock.id()}.pull`);
  let file: FileHandle | undefined;
  let bytes = 0;
  let began = 0;
  const moves = new Map<string, Move>();

  async function opened(): Promise<FileHandle> {
    if (file !== undefined) return file;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    file = await open(path, 'w', 0o600);
    return file;
  }

  async function drop(): Promise<void> {
    await file?.close();
    if (file !== undefined) await rm(path, { force: true });
    file = undefined;
    bytes = 0;
    moves.clear();
  }

  return {
    get bytes() {
      return bytes;
    },
    async append(records) {
      if (records.length === 0) return;
      const text = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      await writeAll(await opened(), text, bytes);
      bytes += text.length;
    },
    rewind(to) {
      bytes = to;
    },
    note(move) {
      if (moves.size === 0) began = performance.now();
      const earlier = moves.get(move.orgUuid);
      moves.set(move.orgUuid, earlier === undefined ? move : join(earlier, move));
    },
    isFull: () => moves.size > 0 && (bytes >= fullBytes || performance.now() - began >= fullMilliseconds),
    async handOver() {
      if (moves.size > 0) {
        const alongside: Parameters<typeof queuePulled>[2] = async (tx) => {
          if (!(await lockEnabled(tx, { id: connectorId, version }))) throw new RunOver();
          for (const move of moves.values()) if (!(await advance(tx, move))) throw new RunOver();
        };
        const instant = ctx.clock.now().toISOString().slice(0, 16).replace('T', ' ');
        // A write that failed, or was taken back, may have left something behind the end.
        await file?.truncate(bytes);
        if (bytes > 0) await queuePulled(ctx, { region, path, fileName: `${name} ${instant}` }, alongside);
        // Nothing happened there meanwhile: only that is noted.
        else await inTenant(ctx, alongside);
      }
      await drop();
    },
    drop,
  };
}

/** Whatever stops one of them, none leaves its file behind. */
export async function handOverAll(batches: Iterable<Pick<PullBatch<never>, 'handOver' | 'drop'>>): Promise<void> {
  const all = [...batches];
  try {
    for (const batch of all) await batch.handOver();
  } finally {
    for (const batch of all) await batch.drop();
  }
}

/** One write may take less than it is given. */
async function writeAll(file: FileHandle, text: Buffer, position: number): Promise<void> {
  for (let done = 0; done < text.length; ) {
    const { bytesWritten } = await file.write(text, done, text.length - done, position + done);
    done += bytesWritten;
  }
}
