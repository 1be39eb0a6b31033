/** What `ready` means for a kind, and where it is read. */
export interface Readiness {
  readonly apiVersion: string;
  /** The object that is looked at, where it is another one of the same name. */
  readonly kind?: string;
  readonly by: 'rollout' | 'endpoints' | { readonly condition: string };
}

const condition = (type: string): Readiness['by'] => ({ condition: type });

/** Kinds that a wait knows by themselves. Endpoints are what a Service has to answer for it. */
export const kinds: Readonly<Record<string, Readiness>> = {
  Deployment: { apiVersion: 'apps/v1', by: 'rollout' },
  DaemonSet: { apiVersion: 'apps/v1', by: 'rollout' },
  StatefulSet: { apiVersion: 'apps/v1', by: 'rollout' },
  Service: { apiVersion: 'v1', kind: 'Endpoints', by: 'endpoints' },
  Pod: { apiVersion: 'v1', by: condition('Ready') },
  Node: { apiVersion: 'v1', by: condition('Ready') },
  Job: { apiVersion: 'batch/v1', by: condition('Complete') },
  CustomResourceDefinition: { apiVersion: 'apiextensions.k8s.io/v1', by: condition('Established') },
  APIService: { apiVersion: 'apiregistration.k8s.io/v1', by: condition('Available') },
  GatewayClass: { apiVersion: 'gateway.networking.k8s.io/v1', by: condition('Accepted') },
  Gateway: { apiVersion: 'gateway.networking.k8s.io/v1', by: condition('Programmed') },
};
