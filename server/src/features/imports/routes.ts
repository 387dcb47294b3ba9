import * as mappings from '@hub/contract/import-mappings';
import * as uploads from '@hub/contract/import-uploads';
import * as api from '@hub/contract/imports';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { appendUpload } from './append-upload.ts';
import { beginUpload } from './begin-upload.ts';
import { cancelImport } from './cancel-import.ts';
import { discardUpload } from './discard-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { getSampleFile } from './get-sample-file.ts';
import { getUpload } from './get-upload.ts';
import {
  discardHeldOrganizations,
  discardHeldRows,
  listHeldOrganizations,
  releaseHeldRows,
} from './held-organizations.ts';
import { applyMapping } from './mappings/apply-mapping.ts';
import { changeMapping, getSavedMapping } from './mappings/change-mapping.ts';
import { getMappingDraft } from './mappings/get-mapping-draft.ts';
import { listMappings, removeMapping } from './mappings/list-mappings.ts';
import { previewMapping, tryMapping } from './mappings/preview-mapping.ts';
import { getImport, listImports } from './read-imports.ts';
import { correctRejectedRows } from './correct-rows.ts';
import { exportLedger } from './export-ledger.ts';
import { exportRejectedRows, listRejectedRows } from './read-rejected-rows.ts';
import { receiveUpload } from './receive-upload.ts';
import { retryImport } from './retry-import.ts';
import { getImportUndo, undoImport } from './undo-import.ts';

export function importRoutes(serve: Serve<Ctx>): void {
  serve(api.uploadImport, (ctx, { query }, edge) =>
    receiveUpload(ctx, {
      ...query,
      body: edge.upload,
      bytes: edge.uploadBytes,
      contentType: edge.contentType,
      idempotencyKey: edge.idempotencyKey,
    }),
  );
  serve(uploads.beginUpload, (ctx, { body }) => beginUpload(ctx, body));
  serve(uploads.getUpload, (ctx, { params }) => getUpload(ctx, params.uploadId));
  serve(uploads.appendUpload, (ctx, { params, query }, edge) =>
    appendUpload(ctx, { ...params, ...query, body: edge.upload, bytes: edge.uploadBytes }),
  );
  serve(uploads.finishUpload, (ctx, { params, query }) => finishUpload(ctx, params.uploadId, query));
  serve(uploads.discardUpload, (ctx, { params }) => discardUpload(ctx, params.uploadId));
  serve(api.exportLedger, (ctx, { query }) => exportLedger(ctx, query));
  serve(api.getImportUndo, (ctx, { params }) => getImportUndo(ctx, params.importId));
  serve(api.undoImport, (ctx, { params }) => undoImport(ctx, params.importId));
  serve(api.listImports, (ctx, { query }) => listImports(ctx, query));
  serve(api.getSampleFile, (ctx, { query }) => getSampleFile(ctx, query));
  serve(api.getImport, (ctx, { params }) => getImport(ctx, params.importId));
  serve(api.cancelImport, (ctx, { params }) => cancelImport(ctx, params.importId));
  serve(api.retryImport, (ctx, { params, body }) => retryImport(ctx, params.importId, body));
  serve(mappings.getMappingDraft, (ctx, { params, query }) => getMappingDraft(ctx, params.importId, query));
  serve(mappings.previewMapping, (ctx, { params, body }) => previewMapping(ctx, params.importId, body));
  serve(mappings.applyMapping, (ctx, { params, body }) => applyMapping(ctx, params.importId, body));
  serve(mappings.getSavedMapping, (ctx, { params, body }) => getSavedMapping(ctx, params.mappingId, body));
  serve(mappings.tryMapping, (ctx, { body }) => tryMapping(ctx, body));
  serve(mappings.changeMapping, (ctx, { params, body }) => changeMapping(ctx, params.mappingId, body));
  serve(mappings.listMappings, (ctx) => listMappings(ctx));
  serve(mappings.removeMapping, (ctx, { params }) => removeMapping(ctx, params.mappingId));
  serve(api.listRejectedRows, (ctx, { params, query }) => listRejectedRows(ctx, params.importId, query));
  serve(api.correctRejectedRows, (ctx, { params, body }) => correctRejectedRows(ctx, params.importId, body.rows));
  serve(api.exportRejectedRows, (ctx, { params }) => exportRejectedRows(ctx, params.importId));
  serve(api.listHeldOrganizations, (ctx, { query }) => listHeldOrganizations(ctx, query));
  serve(api.discardHeldOrganizations, (ctx, { body }) => discardHeldOrganizations(ctx, body));
  serve(api.releaseHeldRows, (ctx, { params }) => releaseHeldRows(ctx, params));
  serve(api.discardHeldRows, (ctx, { params }) => discardHeldRows(ctx, params));
}
