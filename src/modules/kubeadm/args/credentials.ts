import { z } from 'zod';

/** What kubeadmToken mints and kubeadmJoin takes. */
export const credentials = z.strictObject({
  /** `abcdef.0123456789abcdef`. */
  token: z.string(),
  /** Of the cluster's CA: `sha256:...`. */
  caCertHash: z.string(),
  /** Opens the certificates that the control planes share; empty for workers. */
  certificateKey: z.string(),
});
export type Credentials = z.output<typeof credentials>;
