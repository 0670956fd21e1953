import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, json, refused, send, text } from './answer.ts';
import { announceArrival, countArrival } from './arrival.ts';
import type { createFaults, ScriptedAnswer } from './faults.ts';
import { handle } from './handle.ts';
import { readBody } from './readBody.ts';
import { Refusal } from './refusal.ts';
import { findRoute } from './routes.ts';
import type { Service } from './service.ts';
import type { SimRequest } from './state.ts';
import type { Timers } from './timers.ts';

/** Answers one request, or lets the fault that strikes it have its way. */
export async function serve(
  service: Service,
  strike: ReturnType<typeof createFaults>['strike'],
  timers: Timers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const record = recordOf(service, request);
  record.body = await readBody(request);
  service.state.requests.push(record);
  service.watch.emitRequest(record);
  const decide = (status: SimRequest['status']) => {
    record.status = status;
    service.watch.emitRequest(record);
  };
  const finish = (answer: Answer, cut = false) => {
    decide(answer.status);
    return send(request, response, answer, cut);
  };

  const route = findRoute(record.method, record.path);
  if (!route) {
    service.state.violations.push(`${record.method} ${record.path}: no such call`);
    return finish(refused(new Refusal(404, 'not_found', 'Not found')));
  }
  const { body, authorised } = record;
  const call = { route, headers: request.headers, body, authorised };
  countArrival(service, call);
  service.watch.changed();
  const fault = strike(route.name, { requestId: route.requestId, body });
  if (fault === 'hang' || fault === 'reset') decide(fault);

  if (fault === 'hang') return announceArrival(service, call);
  if (fault === 'reset') {
    announceArrival(service, call);
    return cutConnection(request);
  }
  if (typeof fault === 'object' && 'status' in fault) {
    announceArrival(service, call);
    return finish(scripted(fault));
  }

  const answer = await handle(service, call);
  announceArrival(service, call);
  if (fault === undefined) return finish(answer);
  if (fault === 'truncate') return finish(answer, true);
  if (fault === 'reset-after') {
    decide('reset');
    return cutConnection(request);
  }
  if ('acceptBut' in fault) return finish(answer.status < 400 ? scripted(fault.acceptBut) : answer);
  if ('delayMs' in fault) {
    await new Promise<void>((resolve) => timers.after(fault.delayMs, resolve));
  } else {
    await Promise.allSettled([fault.until]);
  }
  return finish(answer);
}

function recordOf({ now, apiKey }: Service, request: IncomingMessage): SimRequest {
  const { authorization } = request.headers;
  return {
    at: now(),
    method: request.method ?? '',
    path: URL.parse(request.url ?? '', 'http://localhost')?.pathname ?? '',
    status: 0,
    authorised: authorization === `Bearer ${apiKey}`,
    authorization,
  };
}

function scripted({ status = 200, body, html, headers }: ScriptedAnswer): Answer {
  if (html !== undefined) return text(status, 'text/html; charset=utf-8', html, headers);
  if (body !== undefined) return json(status, body, headers);
  return text(status, 'text/plain', '', headers);
}

function cutConnection(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}
