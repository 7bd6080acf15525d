import { http } from '../../api/http';

/** A host (放行的主机) that the server may ask. */
export interface Host {
  host: string;
  /** The only port; null for the usual one. */
  port: number | null;
  /** Also without encryption. */
  plain: boolean;
  /** Also in the own network. */
  private: boolean;
  /** Whether something is said in the header Authorization; it is never shown. */
  authorized: boolean;
}

/** A host as it is sent; without an authorization it keeps the one that it has. */
export type NewHost = Omit<Host, 'authorized'> & { authorization?: string };

/** A secret (密钥): its name, and to which host alone it is sent. */
export interface Secret {
  name: string;
  host: string;
}

export const listHosts = async ({ signal }: { signal: AbortSignal }) =>
  (await http.get<{ hosts: Host[] }>('/outbound-hosts', undefined, signal)).hosts;
export const putHosts = async (hosts: NewHost[]) =>
  (await http.put<{ hosts: Host[] }>('/outbound-hosts', { hosts })).hosts;

export async function listSecrets({ signal }: { signal: AbortSignal }): Promise<Secret[]> {
  const { names, hosts } = await http.get<{ names: string[]; hosts: Record<string, string> }>(
    '/outbound-secrets',
    undefined,
    signal,
  );
  return names.map((name) => ({ name, host: hosts[name] ?? '' }));
}
export const putSecret = (name: string, value: string, host: string) =>
  http.put(`/outbound-secrets/${encodeURIComponent(name)}`, { value, host });
export const deleteSecret = (name: string) => http.delete(`/outbound-secrets/${encodeURIComponent(name)}`);

/** What is sent of a host that is there. */
export const asSent = ({ host, port, plain, private: own }: Host): NewHost => ({
  ...{ host, port, plain, private: own },
});

/** Whether two say the same place. */
export const samePlace = (one: NewHost, other: NewHost) =>
  one.host.toLowerCase() === other.host.toLowerCase() && one.port === other.port;
