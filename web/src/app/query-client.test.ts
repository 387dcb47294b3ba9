import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../lib/api.ts';
import { makeQueryClient } from './query-client.ts';

afterEach(() => onlineManager.setOnline(true));

const noNetwork = (): Promise<string> => Promise.reject(new ApiError(0, null));

test('without a network a change fails at once and is not made when the network is back', async () => {
  onlineManager.setOnline(false);
  const send = vi.fn<() => Promise<string>>(noNetwork);
  const change = new MutationObserver(makeQueryClient(), { mutationFn: send });
  await expect(change.mutate()).rejects.toBeInstanceOf(ApiError);
  expect(change.getCurrentResult()).toMatchObject({ isPaused: false, isError: true });
  onlineManager.setOnline(true);
  await Promise.resolve();
  expect(send).toHaveBeenCalledOnce();
});

test('without a network a question fails with its error, and is asked anew when the network is back', async () => {
  onlineManager.setOnline(false);
  const client = makeQueryClient();
  client.mount();
  const ask = vi.fn<() => Promise<string>>(noNetwork);
  const question = new QueryObserver(client, { queryKey: ['a'], queryFn: ask, retry: false });
  const stop = question.subscribe(() => {});
  await vi.waitFor(() => expect(question.getCurrentResult()).toMatchObject({ isError: true, fetchStatus: 'idle' }));
  ask.mockResolvedValue('answer');
  onlineManager.setOnline(true);
  await vi.waitFor(() => expect(question.getCurrentResult().data).toBe('answer'));
  stop();
  client.unmount();
});
