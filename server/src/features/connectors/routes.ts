import * as api from '@hub/contract/connectors';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeConnector } from './change-connector.ts';
import { changeConnectorOrganization } from './change-connector-organization.ts';
import { createConnector } from './create-connector.ts';
import { listConnectorOrganizations } from './list-connector-organizations.ts';
import { listConnectors } from './list-connectors.ts';
import { pauseConnector } from './pause-connector.ts';
import { removeConnector } from './remove-connector.ts';
import { resumeConnector } from './resume-connector.ts';
import { runConnector } from './run-connector.ts';
import { testConnector } from './test-connector.ts';

export function connectorRoutes(serve: Serve<Ctx>): void {
  serve(api.listConnectors, (ctx) => listConnectors(ctx));
  serve(api.createConnector, (ctx, { body }) => createConnector(ctx, body));
  serve(api.changeConnector, (ctx, { params, body }) => changeConnector(ctx, { ...params, ...body }));
  serve(api.removeConnector, (ctx, { params }) => removeConnector(ctx, params.connectorId));
  serve(api.pauseConnector, (ctx, { params }) => pauseConnector(ctx, params.connectorId));
  serve(api.resumeConnector, (ctx, { params }) => resumeConnector(ctx, params.connectorId));
  serve(api.runConnector, (ctx, { params }) => runConnector(ctx, params.connectorId));
  serve(api.testConnector, (ctx, { params }) => testConnector(ctx, params.connectorId));
  serve(api.listConnectorOrganizations, (ctx, { params, query }) =>
    listConnectorOrganizations(ctx, { ...params, ...query }),
  );
  serve(api.changeConnectorOrganization, (ctx, { params, body }) =>
    changeConnectorOrganization(ctx, { ...params, ...body }),
  );
}
