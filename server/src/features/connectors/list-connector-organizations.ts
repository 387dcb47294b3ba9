import type { ConnectorOrganization, listConnectorOrganizations as endpoint } from '@hub/contract/connectors';
import type { RequestOf } from '@hub/contract/endpoint';
import { type ConnectorId, OrgUuid } from '@hub/contract/ids';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getConnectorRow } from './connector-queries.ts';
import { organizationView } from './connector-view.ts';
import { findOrganizationPage, type Position } from './organization-queries.ts';

// PostgreSQL's text knows no NUL.
const Cursor = z.tuple([z.string().refine((name) => !name.includes('\0')), OrgUuid]);

/** By name, a page at a time; of those that the caller sees. Throws connector_not_found, cursor_invalid. */
export async function listConnectorOrganizations(
  ctx: Ctx,
  { connectorId, after, ...page }: RequestOf<typeof endpoint>['query'] & { connectorId: ConnectorId },
): Promise<{ items: ConnectorOrganization[]; next: string | null; total: number }> {
  requirePermission(ctx, 'imports.read');
  const position = after === undefined ? undefined : positionOf(after);
  return inTenant(ctx, async (tx) => {
    const connector = await getConnectorRow(tx, connectorId);
    const { rows, total } = await findOrganizationPage(tx, connectorId, {
      ...page,
      after: position,
      limit: page.limit + 1,
    });
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => organizationView(ctx, row, connector)),
      next: last && rows.length > page.limit ? cursorOf(last) : null,
      total,
    };
  });
}

const cursorOf = ({ name, org_uuid }: { name: string; org_uuid: string }): string =>
  Buffer.from(JSON.stringify([name, org_uuid])).toString('base64url');

function positionOf(cursor: string): Position {
  try {
    const [name, orgUuid] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { name, orgUuid };
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
}
