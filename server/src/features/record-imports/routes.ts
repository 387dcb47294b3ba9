import * as api from '@hub/contract/record-imports';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { importRecords } from './import-records.ts';

export function recordImportRoutes(serve: Serve<Ctx>): void {
  serve(api.importRecords, (ctx, { query }, edge) =>
    importRecords(ctx, { ...query, body: edge.upload, bytes: edge.uploadBytes }),
  );
}
