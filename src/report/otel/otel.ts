import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Reporter } from '../event.ts';
import { spansOf } from './spans.ts';

export interface OtelOptions {
  /** Where the collector takes traces, `/v1/traces` included. Left out: as OTEL_EXPORTER_OTLP_* say. */
  readonly url?: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told once, after the run, where spans did not get there. */
  note(message: string): void;
}

/** A collector that is away must not keep a run that is done: in ms, for one export and for the rest at the end. */
const patience = { export: 5_000, end: 10_000 };

/** Sends a run as a trace, by OTLP over HTTP, while it goes on. Nothing of it can fail the run. */
export function otelReporter({ url, version, env, note }: OtelOptions): Reporter {
  let failure: string | undefined;
  const exporter = new OTLPTraceExporter({ ...(url === undefined ? {} : { url }), ...(env['OTEL_EXPORTER_OTLP_TIMEOUT'] === undefined && env['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] === undefined ? { timeoutMillis: patience.export } : {}) });
  const once: SpanExporter = {
    export(spans, done) {
      // The first failure is enough: waiting anew for each batch would hold the run up at its end.
      if (failure !== undefined) return done({ code: 1 });
      exporter.export(spans, (result) => {
        if (result.code !== 0) failure ??= result.error?.message || 'the collector did not take it';
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'plinth', 'service.version': version }).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(once, { maxQueueSize: 200_000, scheduledDelayMillis: 1_000 })],
    spanLimits: { attributeValueLengthLimit: 4_000 },
  });
  const spans = spansOf(provider.getTracer('plinth', version), parentOf(env['TRACEPARENT']));
  return {
    on: spans.on,
    async end() {
      spans.close();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          failure ??= `it took longer than ${patience.end / 1000} s`;
          resolve();
        }, patience.end);
      });
      await Promise.race([provider.forceFlush().catch((error: unknown) => void (failure ??= error instanceof Error ? error.message : String(error))), late]);
      clearTimeout(timer);
      if (failure !== undefined) note(`the trace of the run did not reach ${url ?? 'the collector'}: ${failure}`);
    },
  };
}

/** The span that a CI started us in, by the W3C's form: `00-TRACE-SPAN-FLAGS`. */
function parentOf(header: string | undefined): Context {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags ?? '1', 16), isRemote: true });
}
