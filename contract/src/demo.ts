import { endpoint } from './endpoint.ts';

export const removeDemo = endpoint({
  method: 'DELETE',
  path: '/api/demo',
  permission: 'demo.remove',
  summary: 'Removes the demo partner’s customers, call legs and imports, and starts empty. The administrators stay.',
  errors: ['demo_absent', 'demo_busy'],
});
