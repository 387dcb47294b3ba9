export { HealthPanel } from './health-panel.tsx';
