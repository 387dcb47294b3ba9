import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { getImport, type ImportBatch, uploadImport } from '@hub/contract/imports';
import { type CallRecords, region } from './call-records.ts';
import type { HubClient } from './hub-client.ts';

// While it works it is looked at seldom: every look takes from the two that are compared what only one of them has to give.
const pollMilliseconds = { usually: 200, atTheEnd: 20 };

export interface Imported {
  /** From the last byte on disk until an answer shows the rows. */
  seconds: number;
  batch: ImportBatch;
  /** How long each stage was seen. */
  stages: Map<string, number>;
}

export function requireCounts({ batch }: Imported, expected: { new: number; duplicate: number }): void {
  const { counts, failure } = batch;
  if (counts?.new !== expected.new || counts.duplicate !== expected.duplicate) {
    throw new Error(
      `B-${batch.number} ended ${batch.state} with ${JSON.stringify(counts ?? failure)}, expected ${JSON.stringify(expected)}.`,
    );
  }
}

/** The batch is queued with the instant at which its file was safe on disk; both clocks are this machine's. */
export async function importFile(
  client: HubClient,
  file: CallRecords,
  month: { from: string; to: string },
): Promise<Imported> {
  const content = Readable.toWeb(createReadStream(file.path, { highWaterMark: 1 << 20 }));
  const queued = await client.upload(uploadImport, { region, fileName: 'call-records' }, content);
  const stages = new Map<string, number>();
  let batch = queued;
  let seenAt = performance.now();
  while (batch.state === 'queued' || batch.state === 'running') {
    await sleep(batch.stage === 'publishing' ? pollMilliseconds.atTheEnd : pollMilliseconds.usually);
    batch = await client.call(getImport, { params: { importId: queued.id } });
    const now = performance.now();
    const stage = batch.stage ?? 'waiting';
    stages.set(stage, (stages.get(stage) ?? 0) + (now - seenAt) / 1000);
    seenAt = now;
  }
  const usage = await client.call(getCallingUsage, { query: { region, ...month, limit: 1 } });
  if (!((usage.totals.callLegs ?? 0) > 0)) throw new Error(`The usage question does not see B-${batch.number}.`);
  return { seconds: (Date.now() - Date.parse(queued.createdAt)) / 1000, batch, stages };
}

export function stagesInWords({ stages }: Imported): string {
  const seen = [...stages].filter(([, seconds]) => seconds >= 0.1);
  return seen.map(([stage, seconds]) => `${stage} ${seconds.toFixed(1)} s`).join(', ');
}
