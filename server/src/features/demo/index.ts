export { removeDemo } from './remove-demo.ts';
export { demoRoutes } from './routes.ts';
export { type Demo, startDemo } from './start-demo.ts';
