import { mark } from '../../host/original.ts';

export interface Proxy {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  readonly noProxy: readonly string[];
}

export const proxyPath = '/etc/systemd/system/containerd.service.d/90-plinth-proxy.conf';

/** systemd takes a % and quotes in a value for its own, systemd.syntax(7). */
const setting = (name: string, value: string): string => `Environment="${name}=${value.replaceAll(/["\\]/g, '\\$&').replaceAll('%', '%%')}"\n`;

export const proxyText = ({ http, https, noProxy }: Proxy): string =>
  [mark, '\n[Service]\n', ...(http === undefined ? [] : [setting('HTTP_PROXY', http)]), ...(https === undefined ? [] : [setting('HTTPS_PROXY', https)]), ...(noProxy.length > 0 ? [setting('NO_PROXY', noProxy.join(','))] : [])].join('');
