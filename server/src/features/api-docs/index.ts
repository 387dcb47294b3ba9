export { openApiDocument } from './openapi-document.ts';
export { apiDocsRoutes } from './routes.ts';
