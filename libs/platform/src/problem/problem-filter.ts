// The last catch of every handler: over HTTP an error becomes problem details, in a batch handler it stays itself.

import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { ZodError } from 'zod';
import { isPostgresFailure } from '../database/postgres-failure.js';
import { log } from '../log/event-log.js';
import { formProblem } from './form-problem.js';
import { frameworkProblem } from './framework-problem.js';
import { Problem } from './problem.js';

/** A database restarts within seconds. */
const RETRY_AFTER_S = 5;

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): Observable<never> | undefined {
    // Nest would replace the error by "Internal server error", and the transport could not tell an outage from a bug.
    if (host.getType() === 'rpc') return throwError(() => exception);
    const http = host.switchToHttp();
    const problem = problemOf(exception);
    if (problem.status >= 500) tellFailure(http.getRequest<FastifyRequest>(), exception);
    const reply = http.getResponse<FastifyReply>();
    if (problem.status === 503) void reply.header('retry-after', RETRY_AFTER_S);
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
    return undefined;
  }
}

/** What a caller is told of an error; of an unexpected one no more than that it happened. */
export function problemOf(exception: unknown): Problem {
  if (exception instanceof Problem) return exception;
  if (exception instanceof ZodError) return formProblem(exception.issues);
  if (isPostgresFailure(exception)) return storeAway();
  return frameworkProblem(exception) ?? unexpected();
}

const storeAway = (): Problem =>
  new Problem({
    status: 503,
    code: 'store.away',
    title: 'The answer is not to be had at the moment',
    detail: 'The database this is kept in does not answer',
    cure: 'Ask again in a few seconds; nothing is lost',
  });

const unexpected = (): Problem =>
  new Problem({
    status: 500,
    code: 'internal',
    title: 'Something went wrong here',
    detail: 'The service met an error it did not expect; it has been logged',
    cure: 'Try again; if it stays, tell the operator the time and the path of the request',
  });

function tellFailure(request: FastifyRequest, exception: unknown): void {
  log.error('http.failed', { method: request.method, route: request.routeOptions.url ?? '' }, exception);
}
