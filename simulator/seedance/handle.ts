import type { IncomingMessage } from 'node:http';
import { type Answer, json, refused } from './answer.ts';
import { cancel } from './cancel.ts';
import { download } from './download.ts';
import { look } from './look.ts';
import { listModels } from './models.ts';
import { Refusal } from './refusal.ts';
import type { Route } from './routes.ts';
import type { Service } from './service.ts';
import { submit } from './submit.ts';

/** A request that has been read. */
export interface Call {
  route: Route;
  headers: IncomingMessage['headers'];
  body: unknown;
  authorised: boolean;
}

/** Does what a call asks and says what comes of it; refusals are answers too. */
export async function handle(service: Service, call: Call): Promise<Answer> {
  try {
    const { name } = call.route;
    if (name !== 'download' && !call.authorised) {
      throw new Refusal(401, 'unauthorized', 'Invalid API key');
    }
    return await perform(service, call);
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function perform(service: Service, { route, headers, body }: Call): Answer | Promise<Answer> {
  switch (route.name) {
    case 'models':
      return json(200, { success: true, data: listModels(service.models) });
    case 'submit':
      return submit(service, headers['content-type'], body);
    case 'look':
      return look(service, route.requestId);
    case 'cancel':
      return cancel(service, route.requestId);
    case 'download':
      return download(service, route.requestId, headers.range);
  }
}
