import { type APIRequestContext, expect } from '@playwright/test';
import { createCustomer } from '@hub/contract/customers';
import type { Endpoint, ReplyOf } from '@hub/contract/endpoint';
import { type ImportBatch, listImports, uploadImport } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { getSession, getSetup, type Session, setUp, signIn } from '@hub/contract/sessions';

export const administrator = {
  name: 'Juno Valderhaug',
  email: 'juno@halyard.example',
  password: 'lantern over quiet water',
};
export const reader = { name: 'Ina Verenitsova', email: 'ina@halyard.example', password: 'seven boats at the quay' };
export const partnerName = 'Halyard Communications';

/** Signs this browser in behind the page's back. An installation that nobody has set up is set up. */
export async function enter(request: APIRequestContext, { email, password } = administrator): Promise<void> {
  const { isNeeded } = await ask(request, getSetup);
  const response = isNeeded
    ? await request.post(setUp.path, { data: { ...administrator, partnerName, homeRegion: 'eu', language: 'en' } })
    : await request.post(signIn.path, { data: { email, password } });
  expect(response.status(), await response.text()).toBe(200);
}

/** Asks a GET endpoint behind the page's back. */
export async function ask<E extends Endpoint>(
  request: APIRequestContext,
  endpoint: E,
  query: Record<string, string | number> = {},
): Promise<ReplyOf<E>> {
  const response = await request.get(endpoint.path, { params: query });
  expect(response.status(), `${endpoint.path}: ${await response.text()}`).toBe(200);
  return (await response.json()) as ReplyOf<E>;
}

export async function sessionOf(request: APIRequestContext): Promise<Session> {
  return ask(request, getSession);
}

/** Writes something behind the page's back. */
export async function send(
  request: APIRequestContext,
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown,
): Promise<void> {
  const { csrfToken } = await sessionOf(request);
  const response = await request.fetch(path, { method, data: body, headers: { 'x-hub-csrf': csrfToken } });
  expect(response.status(), `${path}: ${await response.text()}`).toBe(200);
}

export async function addCustomer(
  request: APIRequestContext,
  customer: { name: string; country: string; orgUuid: string },
): Promise<void> {
  const { csrfToken } = await sessionOf(request);
  const response = await request.post(createCustomer.path, {
    data: customer,
    headers: { 'x-hub-csrf': csrfToken },
  });
  expect(response.status(), await response.text()).toBe(200);
}

export async function uploadFile(
  request: APIRequestContext,
  { name, region, body }: { name: string; region: RegionCode; body: Buffer },
): Promise<void> {
  const { csrfToken } = await sessionOf(request);
  const response = await request.post(uploadImport.path, {
    params: { region, fileName: name },
    data: body,
    headers: { 'x-hub-csrf': csrfToken, 'content-type': 'application/octet-stream' },
  });
  expect([200, 201], await response.text()).toContain(response.status());
}

export async function allImports(request: APIRequestContext): Promise<ImportBatch[]> {
  return (await ask(request, listImports, { limit: 200 })).items;
}

/** Waits until nothing is queued or running. */
export async function importsSettle(request: APIRequestContext): Promise<void> {
  await expect
    .poll(
      async () => (await allImports(request)).filter(({ state }) => state === 'queued' || state === 'running').length,
      { timeout: 60_000 },
    )
    .toBe(0);
}
