import { describe, expect, test } from 'vitest';
import { isTooWeak, networkOf, secondsToWait, sessionEnd } from './sessions-rules.ts';

const at = (text: string): Date => new Date(`2026-12-01T${text}Z`);

describe('the end of a session', () => {
  test('is 12 hours after its last use', () => {
    expect(sessionEnd({ lastUsedAt: at('08:00:00'), expiresAt: new Date('2026-12-07T00:00:00Z') })).toEqual(
      at('20:00:00'),
    );
  });

  test('is never later than its absolute end', () => {
    expect(sessionEnd({ lastUsedAt: at('08:00:00'), expiresAt: at('09:00:00') })).toEqual(at('09:00:00'));
  });
});

describe('the wait after failures', () => {
  const now = at('10:00:00');
  const times = (count: number): Date[] => Array.from({ length: count }, () => now);

  test.each([
    { failures: 4, seconds: 0 },
    { failures: 5, seconds: 30 },
    { failures: 6, seconds: 60 },
    { failures: 9, seconds: 480 },
    { failures: 10, seconds: 900 },
    { failures: 1000, seconds: 900 },
  ])('of an account is $seconds s after $failures', ({ failures, seconds }) => {
    expect(secondsToWait({ ofAccount: times(failures), ofAddress: [] }, now)).toBe(seconds);
  });

  test('of an address begins at 20 and lasts until the first of them is forgotten', () => {
    expect(secondsToWait({ ofAccount: [], ofAddress: times(19) }, now)).toBe(0);
    const spread = [at('09:50:00'), ...times(19)];
    expect(secondsToWait({ ofAccount: [], ofAddress: spread }, now)).toBe(5 * 60);
  });

  test('is over when it is over', () => {
    expect(secondsToWait({ ofAccount: times(5), ofAddress: [] }, at('10:00:30'))).toBe(0);
  });
});

describe('a network', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a password is refused', () => {
  test.each([
    ['elevenchars', 'too short'],
    ['aaaaaaaaaaaaaaaa', 'one character'],
    ['abababababababab', 'two characters'],
    ['ada.byron-rocks-2026', 'the e-mail’s name'],
    ['my Partner-Hub login!', 'the product’s name'],
    ['Password1234!', 'a common word with digits'],
    ['P@ssw0rd!2026', 'a common word in disguise'],
    ['2026-welcome-2026', 'a common word within digits'],
    ['123456789012', 'digits in a row'],
    ['qwertyuiopas', 'keys in a row'],
  ])('%s: %s', (password) => {
    expect(isTooWeak(password, 'ada.byron@example.com')).toBe(true);
  });

  test.each([
    ['correct horse battery'],
    ['пароль за портала'],
    ['파트너 허브 비밀번호 입니다'],
    ['Password for my grandmother'],
  ])('but not %s', (password) => {
    expect(isTooWeak(password, 'ada.byron@example.com')).toBe(false);
  });
});
