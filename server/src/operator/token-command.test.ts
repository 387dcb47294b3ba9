import { listCustomers } from '@hub/contract/customers';
import { Role } from '@hub/contract/permissions';
import { expect, test } from 'vitest';
import type { Hub } from '../open-hub.ts';
import { testHub } from '../testing/test-hub.ts';
import { runCommand } from './run-command.ts';

async function commandLine() {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  // Only the installation is looked at.
  const opened = { installation: hub.installation } as Hub;
  const run = async (command: string, args: object) => {
    const lines: string[] = [];
    const tell = {
      line: (text: string) => void lines.push(text),
      progress: () => undefined,
      data: async () => undefined,
    };
    const end = await runCommand({
      hub: opened,
      command,
      args: { partner: partnerId, ...args },
      tell,
      signal: new AbortController().signal,
    });
    return { end, lines };
  };
  return { hub, partnerId, run };
}

const token = { name: 'nightly', scopes: ['customers.read'], days: 30 };

test('the operator makes a token, which is told once and acts as its person', async () => {
  const { hub, partnerId, run } = await commandLine();
  const { email } = await hub.person(partnerId, 'help_desk_basic');
  const { end, lines } = await run('token create', { ...token, email });
  expect(end).toEqual({ event: 'done', outcome: 'fine' });
  await hub.script(lines.at(-1) ?? '').call(listCustomers);

  const beyond = await run('token create', { ...token, email, scopes: ['imports.write'] });
  expect(beyond.end).toMatchObject({ sentence: `The role of ${email} does not include imports.write.` });
  const stranger = await run('token create', { ...token, email: 'nobody@example.com' });
  expect(stranger.end).toMatchObject({ sentence: 'nobody@example.com does not belong to this partner.' });
  expect((await run('token create', { ...token, email, days: 366 })).end).toMatchObject({ isUsage: true });
});

test.each(Role.options)('the operator adds somebody as %s', async (role) => {
  const { hub, partnerId, run } = await commandLine();
  const email = `${hub.clock.id()}@example.com`;
  const { end } = await run('user add', { email, name: 'Ivo', role, password: 'a horse of another colour' });
  expect(end).toEqual({ event: 'done', outcome: 'fine' });
  expect(
    await hub.asOwner(
      'select role from membership join person on person.id = person_id where email = $1 and partner_id = $2',
      [email, partnerId],
    ),
  ).toEqual([{ role }]);
});
