// What Fastify and Nest refuse by themselves, in the same form as the rest.

import { HttpException } from '@nestjs/common';
import { Problem } from './problem.js';
import { isError } from '../log/is-error.js';

/** The problem for an error of the framework, or undefined when it is not one a caller can act on. */
export function frameworkProblem(exception: unknown): Problem | undefined {
  if (!(exception instanceof HttpException)) return undefined;
  const status = exception.getStatus();
  const known = STATUS_PROBLEMS[status];
  if (known !== undefined) return new Problem({ status, ...known });
  if (status === 400) return isJsonComplaint(exception) ? badJson() : badRequest(exception.message);
  return status < 500 ? otherRefusal(status, exception.message) : undefined;
}

const STATUS_PROBLEMS: Readonly<Record<number, { code: string; title: string; detail: string; cure: string }>> = {
  404: {
    code: 'route.unknown',
    title: 'There is nothing here',
    detail: 'No route has this method and path',
    cure: 'Check the method and the path against the API description',
  },
  413: {
    code: 'body.too-large',
    title: 'The body is too large',
    detail: 'The body is larger than this route takes',
    cure: 'Send fewer tokens in one request',
  },
  415: {
    code: 'body.media-type',
    title: 'The media type is not taken here',
    detail: 'The Content-Type of the body is missing or not one this service reads',
    cure: 'Send application/json, or application/jwt for a single token',
  },
};

const JSON_CODES: ReadonlySet<unknown> = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

/** Fastify's own code is on the cause; older parsers throw a SyntaxError instead. */
function isJsonComplaint(exception: HttpException): boolean {
  const { cause } = exception;
  if (!isError(cause)) return false;
  return cause.name === 'SyntaxError' || ('code' in cause && JSON_CODES.has(cause.code));
}

const badJson = (): Problem =>
  new Problem({
    status: 400,
    code: 'body.json',
    title: 'The body is not JSON',
    detail: 'The body cannot be read as JSON',
    pointer: '',
    cure: 'Send one JSON value in UTF-8, without duplicate or forbidden members',
  });

const badRequest = (detail: string): Problem =>
  new Problem({
    status: 400,
    code: 'request.form',
    title: 'The request has the wrong form',
    detail,
    cure: 'Correct the request and send it again',
  });

const otherRefusal = (status: number, detail: string): Problem =>
  new Problem({
    status,
    code: 'request.refused',
    title: 'The request is refused',
    detail,
    cure: 'Check the request against the API description',
  });
