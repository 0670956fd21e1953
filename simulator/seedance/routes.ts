export type RouteName = 'submit' | 'look' | 'cancel' | 'models' | 'download';

export interface Route {
  name: RouteName;
  requestId?: string | undefined;
}

/** Below which path the API lives. */
export const apiPath = '/api/open/v1';

const generations = `${apiPath}/video/generations`;
const routes: [method: RegExp, path: RegExp, name: RouteName][] = [
  [/^GET$/, new RegExp(`^${apiPath}/models$`), 'models'],
  [/^POST$/, new RegExp(`^${generations}$`), 'submit'],
  [/^GET$/, new RegExp(`^${generations}/([^/]+)$`), 'look'],
  [/^POST$/, new RegExp(`^${generations}/([^/]+)/cancel$`), 'cancel'],
  [/^(GET|HEAD)$/, /^\/results\/([^/]+)\.mp4$/, 'download'],
];

/** Which call a request is; undefined if the service has no such call. */
export function findRoute(method: string, path: string): Route | undefined {
  for (const [methods, paths, name] of routes) {
    const match = paths.exec(path);
    if (match && methods.test(method)) return { name, requestId: match[1] };
  }
  return undefined;
}
