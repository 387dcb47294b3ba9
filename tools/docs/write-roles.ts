import { writeFile } from 'node:fs/promises';
import { rolesDocument } from './roles.ts';

// npm run docs:roles
await writeFile(new URL('../../docs/roles.md', import.meta.url), rolesDocument());
