export { startConnectorRunner } from './connector-runner.ts';
export { connectorRoutes } from './routes.ts';
