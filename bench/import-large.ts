// One file of ten times as many call records, through the server: what it needs of memory does not grow with the file.
import { join } from 'node:path';
import { startHub } from '../server/src/testing/spawn-hub.ts';
import { benchmark, peakMemoryBytes, runProgram } from './bench-process.ts';
import { callRecordsCsv, firstMonth } from './call-records.ts';
import { signedIn } from './hub-client.ts';
import { importFile, requireCounts, stagesInWords } from './import-file.ts';

await benchmark(async ({ rows, folder, files }, tell) => {
  const csv = await callRecordsCsv(files, rows * 10, firstMonth);
  const dataDir = join(folder, 'data');
  await runProgram('prepare-hub.ts', [dataDir, String(rows * 10)], () => undefined);
  const hub = await startHub({ HUB_DATA_DIR: dataDir });
  process.once('exit', () => hub.signal('SIGKILL'));
  try {
    const imported = await importFile(await signedIn(hub.address), csv, firstMonth);
    requireCounts(imported, { new: csv.rows, duplicate: 0 });
    tell({ what: 'file', value: csv.rows, unit: 'rows', detail: `83 columns, ${(csv.bytes / 1e9).toFixed(1)} GB` });
    tell({
      what: 'import, rate',
      value: csv.rows / imported.seconds,
      unit: 'rows per second',
      detail: stagesInWords(imported),
    });
    const peak = peakMemoryBytes(hub.pid);
    if (peak !== undefined)
      tell({ what: 'peak memory of the server (VmHWM)', value: peak, unit: 'bytes', budget: { atMost: 2.5e9 } });
  } finally {
    hub.signal('SIGTERM');
    await hub.ended;
  }
});
