import { PlinthError } from '../../contract/diagnostic.ts';
import type { Reporter } from '../../report/event.ts';
import type { Context } from '../context.ts';

/**
 * Sends the run as a trace where --otlp or OpenTelemetry's own variables name a collector. What does it is loaded only then.
 * @throws PlinthError, cause `usage`, for an address that is none.
 */
export async function traceExport(given: string | undefined, { env, err, version }: Pick<Context, 'env' | 'err' | 'version'>): Promise<Reporter | undefined> {
  const isOff = env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none';
  const named = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (given === undefined && (isOff || named === undefined || named === '')) return undefined;
  const url = given === undefined ? undefined : addressOf(given);
  const { otelReporter } = await import('../../report/otel/otel.ts');
  return otelReporter({ ...(url === undefined ? {} : { url }), version, env, note: (message) => err(`note: ${message}\n`) });
}

/** `http://collector:4318`, or the whole address of its traces. */
function addressOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new PlinthError({ cause: 'usage', summary: `--otlp ${given} is no address of a collector`, hint: 'It speaks OTLP over HTTP: --otlp http://localhost:4318' });
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
