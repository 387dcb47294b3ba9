export { CustomerEngagement } from './customer-engagement.tsx';
