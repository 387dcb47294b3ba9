export { createPerson, type NewPerson } from './create-person.ts';
export { createPartner } from './create-partner.ts';
export { listPartners } from './list-partners.ts';
export { openSession } from './open-session.ts';
export { resolveSession } from './resolve-session.ts';
export { sessionRoutes } from './routes.ts';
export { setPassword } from './set-password.ts';
