import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.union([z.number(), z.string()]).optional(), boolValue: z.boolean().optional(), doubleValue: z.number().optional() });
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  events: z.array(z.object({ name: z.string(), attributes })).default([]),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }).default({}),
});
const body = z.object({ resourceSpans: z.array(z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(span) })) })) });
type Span = z.output<typeof span>;

/** A collector of traces on loopback, as OTLP over HTTP wants one, until the end of the test. */
export interface Collector {
  readonly url: string;
  /** What was sent, as it came. */
  readonly bodies: readonly string[];
  readonly paths: readonly string[];
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  spans(): readonly Span[];
  resource(): Readonly<Record<string, unknown>>;
}

/** `answer` decides by the status it gives; `never` keeps the sender waiting. */
export async function collector(answer: number | 'never' = 200): Promise<Collector> {
  const [bodies, paths, headers]: [string[], string[], Readonly<Record<string, unknown>>[]] = [[], [], []];
  const server: Server = createServer((request, response) => {
    paths.push(request.url ?? '');
    headers.push(request.headers);
    void text(request).then((sent) => {
      bodies.push(sent);
      if (answer === 'never') return;
      response.writeHead(answer, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const read = (): z.output<typeof body>[] => bodies.map((sent) => body.parse(JSON.parse(sent)));
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    paths,
    headers,
    spans: () => read().flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))),
    resource: () => plain(read()[0]?.resourceSpans[0]?.resource.attributes ?? []),
  };
}

export const plain = (list: z.output<typeof attributes>): Readonly<Record<string, unknown>> => Object.fromEntries(list.map(({ key, value: { stringValue, intValue, boolValue, doubleValue } }) => [key, stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? undefined : Number(intValue))]));
