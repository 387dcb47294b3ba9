import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { GivenName, visible } from './given-names.ts';
import { CustomerId, SubscriptionId, TagId } from './ids.ts';

export const tagMaximumLength = 25;
/** Of a customer, and of a subscription. */
export const tagsPerHolder = 5;

/** As text: the page gives each its colour in the light and in the dark theme. */
export const TagColor = z.enum(['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink']);
export type TagColor = z.infer<typeof TagColor>;

/** Tags of customers and tags of subscriptions are two lists. */
export const TagKind = z.enum(['customer', 'subscription']);
export type TagKind = z.infer<typeof TagKind>;

/** Names of a kind differ by more than case. */
export const TagName = GivenName(tagMaximumLength);

export const tagDescriptionMaximum = 200;
const TagDescription = z.string().transform(visible).pipe(z.string().max(tagDescriptionMaximum));

/** What a list row shows of a tag. */
export const TagMark = z.object({ id: TagId, name: z.string(), color: TagColor });
export type TagMark = z.infer<typeof TagMark>;

export const Tag = TagMark.extend({
  kind: TagKind,
  description: z.string(),
  /** How many customers or subscriptions have it, of those that the person may see. */
  holders: z.int().min(0),
});
export type Tag = z.infer<typeof Tag>;

/** A tag by its id, or by its name: a name that is not there yet is created. */
export const TagGiven = z.union([
  z.object({ id: TagId }),
  z.object({ name: TagName, color: TagColor.optional(), description: TagDescription.optional() }),
]);
export type TagGiven = z.infer<typeof TagGiven>;

export const listTags = endpoint({
  method: 'GET',
  path: '/api/tags',
  permission: 'customers.read',
  summary: 'The partner’s tags by name. Customers never see them.',
  query: z.object({ kind: TagKind.default('customer') }),
  reply: z.object({ items: z.array(Tag) }),
  errors: [],
});

/** `gone`: tags that disappeared because this was their last holder, as they were; giving them again by name brings them back. */
const Tagged = z.object({ tags: z.array(TagMark), gone: z.array(Tag) });

export const setCustomerTags = endpoint({
  method: 'PUT',
  path: '/api/customers/:customerId/tags',
  permission: 'tags.write',
  summary: 'Replaces the tags of a customer. A tag that nobody has any more disappears.',
  params: z.object({ customerId: CustomerId }),
  body: z.object({ tags: z.array(TagGiven).max(20) }),
  reply: Tagged,
  errors: ['customer_not_found', 'tag_not_found', 'tag_limit'],
});

export const setSubscriptionTags = endpoint({
  method: 'PUT',
  path: '/api/subscriptions/:subscriptionId/tags',
  permission: 'tags.write',
  summary: 'Replaces the tags of a subscription. A tag that nobody has any more disappears.',
  params: z.object({ subscriptionId: SubscriptionId }),
  body: z.object({ tags: z.array(TagGiven).max(20) }),
  reply: Tagged,
  errors: ['subscription_not_found', 'tag_not_found', 'tag_limit'],
});

const changes = z.object({
  add: z.array(TagGiven).max(20).default([]),
  /** Those that the holder no longer has by then change nothing. */
  remove: z.array(TagId).max(20).default([]),
});

export const changeCustomerTags = endpoint({
  method: 'PATCH',
  path: '/api/customers/:customerId/tags',
  permission: 'tags.write',
  summary:
    'Gives a customer tags and takes others away; its other tags stay. A tag that nobody has any more disappears.',
  params: z.object({ customerId: CustomerId }),
  body: changes,
  reply: Tagged,
  errors: ['customer_not_found', 'tag_not_found', 'tag_limit'],
});

export const changeSubscriptionTags = endpoint({
  method: 'PATCH',
  path: '/api/subscriptions/:subscriptionId/tags',
  permission: 'tags.write',
  summary:
    'Gives a subscription tags and takes others away; its other tags stay. A tag that nobody has any more disappears.',
  params: z.object({ subscriptionId: SubscriptionId }),
  body: changes,
  reply: Tagged,
  errors: ['subscription_not_found', 'tag_not_found', 'tag_limit'],
});

export const changeTag = endpoint({
  method: 'PATCH',
  path: '/api/tags/:tagId',
  permission: 'tags.write',
  summary: 'Renames a tag, or gives it another colour or description. Names differ by more than case.',
  params: z.object({ tagId: TagId }),
  body: z.object({ name: TagName.optional(), color: TagColor.optional(), description: TagDescription.optional() }),
  reply: Tag,
  errors: ['tag_not_found', 'tag_name_taken'],
});

export const mergeTag = endpoint({
  method: 'POST',
  path: '/api/tags/:tagId/merge',
  permission: 'tags.write',
  summary:
    'Gives every holder of this tag the other one instead; this one disappears. Refused where it is also on customers outside the person’s scope. For a day it can be restored.',
  params: z.object({ tagId: TagId }),
  body: z.object({ intoTagId: TagId }),
  reply: Tag,
  errors: ['tag_not_found', 'tag_held_elsewhere'],
});

export const removeTag = endpoint({
  method: 'DELETE',
  path: '/api/tags/:tagId',
  permission: 'tags.write',
  summary:
    'Takes a tag from all its holders. Refused where it is also on customers outside the person’s scope. For a day it can be restored.',
  params: z.object({ tagId: TagId }),
  errors: ['tag_not_found', 'tag_held_elsewhere'],
});

export const restoreTag = endpoint({
  method: 'POST',
  path: '/api/tags/:tagId/restore',
  permission: 'tags.write',
  summary:
    'Takes back the removal or the merge of a tag by oneself, or for a full administrator by anybody, within the last day: who had it has it again, and what a merge gave instead goes. A tag that was given its name since stands for it.',
  params: z.object({ tagId: TagId }),
  /** `left`: holders that are gone, have no room, or are not the person’s any more. */
  reply: z.object({ restored: z.int().min(0), left: z.int().min(0) }),
  errors: ['tag_not_found', 'tag_merged_has_name', 'undo_later_tag', 'undo_later_job'],
});
