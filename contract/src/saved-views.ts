import { z } from 'zod';
import { CustomerFilter, CustomerSort } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { GivenName } from './given-names.ts';
import { ViewId } from './ids.ts';

/** Names of one person differ by more than case. */
export const ViewName = GivenName(60);

const choices = {
  name: ViewName,
  filter: CustomerFilter,
  sort: CustomerSort,
  order: z.enum(['asc', 'desc']),
  /** Seen by every administrator of the partner. */
  isShared: z.boolean(),
};

/** A filter and an order of the customer list under a name. */
export const SavedView = z.object({
  id: ViewId,
  ...choices,
  filter: z.string(),
  isMine: z.boolean(),
  /** Shown under Customers in the navigation; each person chooses. */
  isPinned: z.boolean(),
  /** What the customer list opens with; each person chooses one. */
  isDefault: z.boolean(),
});
export type SavedView = z.infer<typeof SavedView>;

export const listSavedViews = endpoint({
  method: 'GET',
  path: '/api/saved-views',
  permission: 'customers.read',
  summary:
    'The person’s own views and those shared with the partner, by name. To a person with assigned customers, shared ones whose filter names customers are not listed.',
  reply: z.object({ items: z.array(SavedView) }),
  errors: [],
});

export const countSavedViews = endpoint({
  method: 'GET',
  path: '/api/saved-views/counts',
  permission: 'customers.read',
  summary: 'How many customers each pinned view finds now; null where its filter no longer reads.',
  reply: z.object({ items: z.array(z.object({ id: ViewId, customers: z.int().min(0).nullable() })) }),
  errors: [],
});

export const createSavedView = endpoint({
  method: 'POST',
  path: '/api/saved-views',
  permission: 'views.write',
  summary: 'Saves a view. Sharing it needs the right views.share.',
  body: z.object({ ...choices, isPinned: z.boolean().default(true), isDefault: z.boolean().default(false) }),
  reply: SavedView,
  errors: ['view_name_taken', 'filter_invalid', 'filter_too_long'],
});

export const changeSavedView = endpoint({
  method: 'PATCH',
  path: '/api/saved-views/:viewId',
  permission: 'views.write',
  summary:
    'Changes a view of one’s own; of a shared one of somebody else only whether it is pinned or the default. A token needs customers.read too: the answer tells the view.',
  params: z.object({ viewId: ViewId }),
  body: z.object({ ...choices, isPinned: z.boolean(), isDefault: z.boolean() }).partial(),
  reply: SavedView,
  errors: ['view_not_found', 'view_name_taken', 'filter_invalid', 'filter_too_long'],
});

export const removeSavedView = endpoint({
  method: 'DELETE',
  path: '/api/saved-views/:viewId',
  permission: 'views.write',
  summary: 'Removes a view of one’s own. For a day it can be restored.',
  params: z.object({ viewId: ViewId }),
  errors: ['view_not_found'],
});

export const restoreSavedView = endpoint({
  method: 'POST',
  path: '/api/saved-views/:viewId/restore',
  permission: 'views.write',
  summary:
    'Brings back a view that one removed within the last day, with everybody’s pins and defaults. A token needs customers.read too: the answer tells the view.',
  params: z.object({ viewId: ViewId }),
  reply: SavedView,
  errors: ['view_not_found', 'view_name_taken'],
});
