import { type Document, isMap, isSeq, parseDocument, stringify } from 'yaml';
import { z } from 'zod';

const entry = z.looseObject({ name: z.string() });
const kubeconfig = z.looseObject({
  'current-context': z.string().optional(),
  clusters: z.array(entry.extend({ cluster: z.looseObject({ server: z.string().optional() }) })).min(1),
  contexts: z.array(entry.extend({ context: z.looseObject({ cluster: z.string(), user: z.string() }) })).min(1),
  users: z.array(entry.extend({ user: z.looseObject({}) })).min(1),
});

/** The names a context has in the file: of its cluster it is the same, its user stands before it. */
export const userOf = (context: string): string => `admin@${context}`;

/** What a file says of a context: where its API is; undefined where all of it is not there. @throws Error for what is no YAML. */
export function contextIn(text: string, context: string): { readonly server: string; readonly isCurrent: boolean } | undefined {
  const found = z
    .looseObject({
      'current-context': z.string().nullish(),
      clusters: z.array(entry).nullish(),
      contexts: z.array(entry).nullish(),
      users: z.array(entry).nullish(),
    })
    .safeParse(read(text).toJS());
  if (!found.success) return undefined;
  const { clusters, contexts, users } = found.data;
  const cluster = clusters?.find(({ name }) => name === context);
  const server = z.looseObject({ cluster: z.looseObject({ server: z.string() }) }).safeParse(cluster).data?.cluster.server;
  const isWhole = server !== undefined && contexts?.some(({ name }) => name === context) === true && users?.some(({ name }) => name === userOf(context)) === true;
  return isWhole ? { server, isCurrent: found.data['current-context'] === context } : undefined;
}

/** Any part of it, also where the rest is gone. */
export const holdsAny = (text: string, context: string): boolean => new RegExp(`^\\s*(?:- )?name: ["']?(?:admin@)?${context.replaceAll(/[.]/g, '\\.')}["']?\\s*$`, 'm').test(text);

export interface Merging {
  readonly context: string;
  readonly server?: string | undefined;
  readonly select: boolean;
}

/** The file with this context from `content`, all other contexts and comments as they were. */
export function withContext(text: string | undefined, content: string, { context, server, select }: Merging): string {
  const parsed = kubeconfig.safeParse(parseDocument(content).toJS());
  if (!parsed.success) throw new Error('what was fetched is no kubeconfig with a cluster, a context and a user');
  const { clusters, contexts, users } = parsed.data;
  const chosen = contexts.find(({ name }) => name === parsed.data['current-context']) ?? contexts[0];
  const cluster = clusters.find(({ name }) => name === chosen?.context.cluster) ?? clusters[0];
  const user = users.find(({ name }) => name === chosen?.context.user) ?? users[0];
  const document = text === undefined || text.trim() === '' ? parseDocument(stringify({ apiVersion: 'v1', kind: 'Config', preferences: {} })) : read(text);
  put(document, 'clusters', context, { name: context, cluster: { ...cluster?.cluster, ...(server === undefined ? {} : { server }) } });
  put(document, 'users', userOf(context), { name: userOf(context), user: user?.user });
  put(document, 'contexts', context, { name: context, context: { cluster: context, user: userOf(context) } });
  const current = document.get('current-context');
  if (select || current === undefined || current === null || current === '') document.set('current-context', context);
  return document.toString({ lineWidth: 0 });
}

/** The file without this context. */
export function withoutContext(text: string, context: string): string {
  const document = read(text);
  for (const [list, name] of [['clusters', context], ['contexts', context], ['users', userOf(context)]] as const) {
    const items = document.get(list);
    if (isSeq(items)) items.items = items.items.filter((item) => !(isMap(item) && item.get('name') === name));
  }
  if (document.get('current-context') === context) document.set('current-context', '');
  return document.toString({ lineWidth: 0 });
}

function read(text: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n')[0] ?? 'no YAML');
  if (document.contents !== null && !isMap(document.contents)) throw new Error('it holds no map');
  return document;
}

function put(document: Document, list: string, name: string, value: unknown): void {
  const items = document.get(list);
  if (!isSeq(items)) return document.set(list, document.createNode([value]));
  const at = items.items.findIndex((item) => isMap(item) && item.get('name') === name);
  if (at < 0) items.add(document.createNode(value));
  else items.items[at] = document.createNode(value);
}
