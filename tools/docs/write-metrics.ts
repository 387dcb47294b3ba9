import { writeFile } from 'node:fs/promises';
import { metricsDocument } from './metrics.ts';

// npm run docs:metrics
await writeFile(new URL('../../docs/metrics.md', import.meta.url), metricsDocument());
