import { inviteAdministrator } from '@hub/contract/administrators';
import { changeProfile } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import type { Letter, Mail } from '../../platform/mail/index.ts';
import { testHub } from '../../testing/test-hub.ts';

// The way through a real SMTP server is tested in platform/mail; here it is about what is written and to whom.
function postbox(isTaken: boolean): { mail: Mail; letters: Letter[] } {
  const letters: Letter[] = [];
  const send = async (letter: Letter): Promise<boolean> => {
    letters.push(letter);
    return isTaken;
  };
  return { letters, mail: { send, publicUrl: 'https://hub.example.net', close: () => undefined } };
}

test('an invitation goes to the invited address alone, with its link, in the inviter’s language', async () => {
  const { mail, letters } = postbox(true);
  const hub = await testHub({ mail });
  const { admin, name } = await hub.partner();
  await admin.call(changeProfile, { body: { language: 'ko' } });
  const { secret, isSent } = await admin.call(inviteAdministrator, {
    body: { email: 'New@Example.net', role: 'partner_admin' },
  });
  expect(isSent).toBe(true);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ to: 'new@example.net', subject: `${name}의 Partner Hub 초대` });
  expect(letters[0]?.text).toContain(`\nhttps://hub.example.net/join#${secret}\n`);
});

test('where the letter is not taken the inviter is told, and the link still works', async () => {
  const { mail } = postbox(false);
  const hub = await testHub({ mail });
  const { admin } = await hub.partner();
  const { secret, isSent } = await admin.call(inviteAdministrator, {
    body: { email: 'new@example.net', role: 'partner_admin' },
  });
  expect(isSent).toBe(false);
  expect(secret.length).toBeGreaterThan(40);
});
