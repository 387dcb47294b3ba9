import { z } from 'zod';
import { endpoint, upload } from './endpoint.ts';
import { ImportId, Instant } from './ids.ts';
import { FileName, givenFacts, ImportBatch, importBytesLimit } from './imports.ts';
import { RegionCode } from './regions.ts';

/** An upload that nobody went on with for so long is forgotten. */
export const uploadDays = 7;

/** A file that comes in part by part, for connections that break. Its id becomes that of its import. */
export const ImportUpload = z.object({
  id: ImportId,
  region: RegionCode,
  fileName: z.string(),
  bytes: z.int(),
  /** The byte to go on from: everything before it is safe on disk. */
  offset: z.int(),
  expiresAt: Instant,
});
export type ImportUpload = z.infer<typeof ImportUpload>;

const uploadParams = z.object({ uploadId: ImportId });

export const beginUpload = endpoint({
  method: 'POST',
  path: '/api/imports/uploads',
  permission: 'imports.write',
  summary: 'Begins an upload in parts. Send the parts in order, then finish it.',
  body: z.object({ region: RegionCode, fileName: FileName, bytes: z.int().min(1).max(importBytesLimit) }),
  reply: ImportUpload,
  errors: ['region_not_served', 'import_disk_full'],
});

export const getUpload = endpoint({
  method: 'GET',
  path: '/api/imports/uploads/:uploadId',
  permission: 'imports.write',
  summary: 'How far an unfinished upload is: ask this after a break.',
  params: uploadParams,
  reply: ImportUpload,
  errors: ['upload_not_found'],
});

export const appendUpload = endpoint({
  method: 'PATCH',
  path: '/api/imports/uploads/:uploadId',
  permission: 'imports.write',
  summary:
    'Takes the bytes of the file from an offset on as the raw body, as many as you like. Answered when they are safe on disk; of a part that was cut off, what had arrived is kept.',
  params: uploadParams,
  query: z.object({ offset: z.coerce.number().int().min(0).max(importBytesLimit) }),
  body: upload,
  reply: ImportUpload,
  errors: ['upload_not_found', 'upload_offset', 'upload_past_end', 'import_disk_full', 'import_interrupted'],
});

export const finishUpload = endpoint({
  method: 'POST',
  path: '/api/imports/uploads/:uploadId/finish',
  permission: 'imports.write',
  summary:
    'Queues the import of a file that has arrived whole, with what is given of its rows. Asked again, it answers the same import.',
  params: uploadParams,
  query: z.object(givenFacts),
  reply: ImportBatch,
  errors: ['upload_not_found', 'upload_incomplete', 'range_invalid', 'range_in_future'],
});

export const discardUpload = endpoint({
  method: 'DELETE',
  path: '/api/imports/uploads/:uploadId',
  permission: 'imports.write',
  summary: 'Forgets an unfinished upload and its bytes.',
  params: uploadParams,
  errors: ['upload_not_found'],
});
