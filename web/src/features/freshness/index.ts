export { CustomerCoverage } from './customer-coverage.tsx';
export { WhyEmpty } from './why-empty.tsx';
