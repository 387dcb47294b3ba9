// The partner and its customers in a new data folder. A program of its own: a process can open one data folder's engine only.
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { endWithParent } from './bench-process.ts';
import { benchScenario } from './call-records.ts';

const [dataDir = '', rows = ''] = process.argv.slice(2);
endWithParent();
const hub = await openBenchHub(dataDir);
await fillPartner(hub, benchScenario(Number(rows)));
await hub.close();
process.exit(0);
