import type { PlinthError } from '../../contract/diagnostic.ts';
import { bundleError } from '../fail.ts';

export interface Internet {
  /** Everything comes by way of this address: URL/dl.k8s.io/... in place of https://dl.k8s.io/... */
  readonly mirror?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How often an address that is busy or breaks off is asked again, and after how long, in ms. */
const pauses = [500, 2000];

export const mirrored = (url: string, mirror: string | undefined): string => (mirror === undefined || !url.startsWith('https://') ? url : `${mirror.replace(/\/$/, '')}/${url.replace(/^https:\/\//, '')}`);

/**
 * Asks an address. Answers other than 2xx come back too, for who understands them; what is busy is asked again.
 * @throws PlinthError (`bundle`) where nobody answers.
 */
export async function ask(url: string, { mirror, signal }: Internet, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const address = mirrored(url, mirror);
  for (let attempt = 0; ; attempt++) {
    const pause = pauses[attempt];
    try {
      const response = await fetch(address, { headers, ...(signal ? { signal } : {}) });
      if (pause === undefined || (response.status < 500 && response.status !== 429)) return response;
      await response.body?.cancel();
    } catch (error) {
      if (signal?.aborted) throw bundleError('stopped', { hint: 'What has come so far is kept: the same command goes on with it.' });
      if (pause === undefined || isHopeless(error)) throw unreachable(address, error);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The text of a small answer. @throws PlinthError (`bundle`) where it is not there. */
export async function textOf(url: string, internet: Internet): Promise<string> {
  const response = await ask(url, internet);
  if (!response.ok) throw refused(mirrored(url, internet.mirror), response);
  return response.text();
}

/** What the address answered, in words. */
export const refused = (address: string, { status, statusText }: Response): PlinthError =>
  status === 404
    ? bundleError(`${address} is not there`, { detail: 'the answer was 404', hint: 'There may be no such version, or not for this architecture: --set NAME=VERSION asks for another one.' })
    : bundleError(`${address} was not given to us`, { detail: `the answer was ${status} ${statusText}`.trim(), hint: 'Try again later, or by way of a mirror: --mirror URL' });

const isHopeless = (error: unknown): boolean => ['ENOTFOUND', 'ECONNREFUSED', 'ERR_INVALID_URL'].includes(codeOf(error));
const codeOf = (error: unknown): string => (error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '');

const unreachable = (address: string, error: unknown): PlinthError =>
  bundleError(`${new URL(address).host} cannot be reached`, {
    detail: `${address}: ${error instanceof Error && error.cause instanceof Error ? error.cause.message || codeOf(error) : String(error)}`,
    hint: 'A bundle is downloaded where there is internet, and then carried. Here: lay out files that you have, `plinth bundle create --from DIR`, or use a mirror: --mirror URL',
  });
