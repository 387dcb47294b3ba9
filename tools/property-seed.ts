// Property tests draw the same examples on every run, so that a change is judged by what it changed and not by luck. Other examples are
// looked for on purpose: PROPERTY_SEED=random npm run test:unit, or the seed that a failure named.
import fc from 'fast-check';

const asked = process.env['PROPERTY_SEED'] ?? '20261123';
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(asked === 'random' ? {} : { seed: Number(asked) }) });
