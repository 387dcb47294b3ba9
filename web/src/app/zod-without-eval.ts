import { config } from 'zod';

// zod would try `new Function`, which the page's policy forbids and the browser reports. Imported before any schema parses.
config({ jitless: true });
