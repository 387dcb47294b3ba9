import './app/zod-without-eval.ts';
import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { makeQueryClient } from './app/query-client.ts';
import { beginEarly, makeRouter } from './app/router.tsx';
import { firstLanguage, speak } from './lib/i18n.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);
beginEarly(router);
await speak(firstLanguage());
createRoot(element).render(
  <StrictMode>
    <Providers queryClient={queryClient} router={router} />
  </StrictMode>,
);
// Names of people and customers may be Korean in any language; the browser fetches only the parts of the font it draws.
window.requestIdleCallback?.(() => {
  import('@fontsource-variable/noto-sans-kr/index.css').catch(() => undefined); // without a network another font draws them
});
