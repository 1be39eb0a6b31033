import { z } from 'zod';

/** An address as an interface of a node has it. */
export const address = () => z.union([z.ipv4(), z.ipv6()], 'must be an IP address');

/** A network in prefix notation, `10.244.0.0/16`. */
export const cidr = () => z.union([z.cidrv4(), z.cidrv6()], 'must be a network such as 10.244.0.0/16');

/** The addresses of a pool: a network, or the first and the last of them. */
export const block = () =>
  z.union(
    [
      cidr(),
      z.strictObject({
        start: address().describe('The first address.'),
        stop: address().optional().describe('The last one. Left out: only the first.'),
      }),
    ],
    'must be a network such as 10.0.0.192/27, or { start, stop }',
  );

export type Block = z.output<ReturnType<typeof block>>;

/** What a name of the API's objects looks like: RFC 1123. */
export const objectName = () => z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/, 'must be lower case letters, digits and dashes, such as homelab');

/** `1.36.2`, with or without the v that Kubernetes and kube-vip put before it. */
export const version = (example: string) => z.string().regex(/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/, `must be a whole version such as ${example}`);

/** Anything that YAML can say: merged last over what Plinth writes, key by key; lists are replaced whole, null takes a key away. */
export const overrides = (of: string) => z.record(z.string(), z.json()).default({}).describe(`Merged last over ${of}, key by key; lists are replaced, null takes a key away.`);

export const labels = () => z.record(z.string(), z.string());
