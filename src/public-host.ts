import ipaddr from 'ipaddr.js';

/** Whether an address is on the public internet: not private, loopback, link-local or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Whether a URL's host may be on the public internet, judged by its name alone. */
export function isPublicHost({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (host.endsWith('.localhost')) return false;
  return ipaddr.isValid(host) ? isPublicAddress(host) : host.includes('.');
}
