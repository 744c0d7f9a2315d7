import type { CookieFactsView, CookiesView, ReceivedCookieView, WithheldCookieView } from "./cookie-view.ts";
import { arrayOf, type Check, isBoolean, isNumber, isString, nullable, oneOf, shape } from "./shape.ts";

const isFacts = shape<CookieFactsView>({
  name: isString,
  value: isString,
  domain: isString,
  hostOnly: isBoolean,
  path: isString,
  expires: nullable(isString),
  secure: isBoolean,
  httpOnly: isBoolean,
  sameSite: nullable(oneOf("strict", "lax", "none")),
  partitioned: isBoolean,
  size: isNumber,
});

export const isCookiesView: Check<CookiesView> = shape<CookiesView>({
  sent: arrayOf(isFacts),
  withheld: arrayOf(shape<WithheldCookieView>({ name: isString, secrets: arrayOf(isString) })),
  received: arrayOf(
    shape<ReceivedCookieView>({
      header: isNumber,
      name: isString,
      cookie: nullable(isFacts),
      outcome: oneOf("kept", "removed", "refused", "ignored"),
      reason: nullable(isString),
    }),
  ),
});
