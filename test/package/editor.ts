import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const message = z.looseObject({ id: z.union([z.int(), z.string()]).optional(), method: z.string().optional(), params: z.unknown().optional(), result: z.unknown().optional() });
const completions = z.preprocess((value) => (Array.isArray(value) ? { items: value } : value), z.looseObject({ items: z.array(z.looseObject({ label: z.string() })) }));
const hovered = z.looseObject({ contents: z.union([z.string(), z.looseObject({ value: z.string() }).transform(({ value }) => value)]) });

/** TypeScript's own language server over a project, as an editor runs it. */
export interface Editor {
  /** What is offered right behind `text`, where it stands first in the file. */
  complete(file: string, text: string): Promise<string[]>;
  /** What is shown with the pointer on the last character of `text`. */
  hover(file: string, text: string): Promise<string>;
  close(): void;
}

export async function openEditor(project: string): Promise<Editor> {
  const child = spawn(process.execPath, [join(project, 'node_modules/typescript/bin/tsc'), '--lsp', '--stdio'], { cwd: project });
  const ask = talk(child);
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(project).href, capabilities: {} });
  ask.tell('initialized', {});
  const open = (file: string): { uri: string; text: string } => {
    const path = join(project, file);
    const text = readFileSync(path, 'utf8');
    const { href: uri } = pathToFileURL(path);
    ask.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } });
    return { uri, text };
  };
  return {
    async complete(file, text) {
      const { uri, text: source } = open(file);
      const { items } = completions.parse(await ask('textDocument/completion', { textDocument: { uri }, position: placeOf(source, text, 0) }));
      return items.map(({ label }) => label);
    },
    async hover(file, text) {
      const { uri, text: source } = open(file);
      return hovered.parse(await ask('textDocument/hover', { textDocument: { uri }, position: placeOf(source, text, -1) })).contents;
    },
    close: () => void child.kill(),
  };
}

function placeOf(source: string, text: string, from: number): { line: number; character: number } {
  const at = source.indexOf(text);
  if (at < 0) throw new Error(`there is no ${text} in:\n${source}`);
  const before = source.slice(0, at + text.length).split('\n');
  return { line: before.length - 1, character: (before.at(-1) ?? '').length + from };
}

/** The language server protocol: JSON after a header with its length, answers by number. */
function talk({ stdin, stdout }: ChildProcessWithoutNullStreams) {
  const waiting = new Map<number | string, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  let last = 0;
  const send = (body: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...body });
    stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())?.[1]);
      if (received.length < end + 4 + length) return;
      const { id, method, result } = message.parse(JSON.parse(received.subarray(end + 4, end + 4 + length).toString()));
      received = received.subarray(end + 4 + length);
      if (id === undefined) continue;
      // The server asks the editor for settings: it has none.
      if (method !== undefined) send({ id, result: null });
      else waiting.get(id)?.(result);
    }
  });
  const ask = (method: string, params: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  return Object.assign(ask, { tell: (method: string, params: unknown): void => send({ method, params }) });
}
