import { Failure } from "../common/failure.ts";

/** The person stopped the run before this request was sent. */
export function canceledBeforeSending(): Failure {
  return new Failure({
    code: "canceled",
    title: "The request was canceled",
    detail: "You stopped it before it was sent.",
    fix: "Send it again when you are ready.",
  });
}
