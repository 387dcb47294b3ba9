import './app/zod-without-eval.ts';
import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { firstLanguage, speak } from './lib/i18n.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');

await speak(firstLanguage());
createRoot(element).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
// Names of people and customers may be Korean in any language; the browser fetches only the parts of the font it draws.
window.requestIdleCallback?.(() => void import('@fontsource-variable/noto-sans-kr/index.css'));
