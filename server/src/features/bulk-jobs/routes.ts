import * as api from '@hub/contract/bulk-jobs';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { cancelBulkJob } from './cancel-bulk-job.ts';
import { getBulkJob } from './get-bulk-job.ts';
import { listBulkJobs } from './list-bulk-jobs.ts';
import { listBulkResults } from './list-bulk-results.ts';
import { previewBulkJob } from './preview-bulk-job.ts';
import { startBulkJob } from './start-bulk-job.ts';
import { undoBulkJob } from './undo-bulk-job.ts';

export function bulkJobRoutes(serve: Serve<Ctx>): void {
  serve(api.previewBulkJob, (ctx, { body }) => previewBulkJob(ctx, body));
  serve(api.startBulkJob, (ctx, { body }) => startBulkJob(ctx, body));
  serve(api.listBulkJobs, (ctx) => listBulkJobs(ctx));
  serve(api.getBulkJob, (ctx, { params }) => getBulkJob(ctx, params.bulkJobId));
  serve(api.listBulkResults, (ctx, { params, query }) => listBulkResults(ctx, { ...params, ...query }));
  serve(api.cancelBulkJob, (ctx, { params }) => cancelBulkJob(ctx, params.bulkJobId));
  serve(api.undoBulkJob, (ctx, { params }) => undoBulkJob(ctx, params.bulkJobId));
}
