import assert from "node:assert/strict";
import { test } from "node:test";
import { isMaskedName, isMaskedParameter } from "../../../../src/protocol/masking/credential-name.ts";

const credentials = `
  X-Api-Key Api-Key apikey api_key X-Goog-Api-Key DD-API-KEY DD-APPLICATION-KEY X-Parse-REST-API-Key Ocp-Apim-Subscription-Key
  X-Functions-Key X-Master-Key X-Auth-Key AWSAccessKeyId accountKey privateKey private_key
  X-Auth-Token X-Amz-Security-Token X-Vault-Token PRIVATE-TOKEN Job-Token X-Shopify-Access-Token X-Amzn-Oidc-Accesstoken X-Token
  X-MS-Token-AAD-Access-Token access_token id_token refresh_token token authToken ssoToken
  X-Csrf-Token X-XSRF-TOKEN _csrf csrfmiddlewaretoken authenticity_token
  X-Auth X-User-Authorization X-Hub-Signature-256 Stripe-Signature Signature sig signature X-Amz-Signature X-Amz-Credential
  X-Goog-Signature oauth_signature oauth_verifier hmac
  X-Session-Id Mcp-Session-Id session sid connect.sid JSESSIONID PHPSESSID ticket
  X-GitHub-OTP otp totp X-Goog-IAP-JWT-Assertion X-Jwt-Assertion jwt client_assertion SAMLResponse X-Amzn-Oidc-Data DPoP
  CF-Access-Client-Secret X-Hasura-Admin-Secret client_secret aws_secret_access_key X-Webhook-Secret
  password newPassword user[password] password_confirmation passwd pwd passphrase code_verifier`;

const harmless = `
  Content-Type Content-Security-Policy Strict-Transport-Security ETag X-Request-Id Cache-Control Traceparent Origin If-Match
  WWW-Authenticate Proxy-Authenticate Access-Control-Allow-Credentials Access-Control-Allow-Headers
  Sec-WebSocket-Key Sec-WebSocket-Accept Idempotency-Key Surrogate-Key X-Cache-Key Public-Key-Pins
  X-Request-Token-Count X-RateLimit-Remaining-Tokens max_tokens token_type expires_in Token-Expiry X-Token-Expires
  next_page_token continuation_token X-Amz-SignedHeaders X-Amz-Algorithm X-Amz-Date Signature-Input oauth_timestamp
  oauth_signature_method client_assertion_type X-Auth-Email client_id X-Session-Timeout session_state password_policy
  author authority page sort state keyboard monkey sidebar site hash design signal X-Sign-In-Url secretary tokenizer compass_id`;

const names = (list: string) => list.trim().split(/\s+/);

test("names of credentials, in every way of writing them", () => {
  const wrong = names(credentials).flatMap((name) => [name, name.toLowerCase()].filter((form) => !isMaskedName(form)));
  // Joined words can only be told apart by their capitals.
  const joined = new Set(["awsaccesskeyid", "accountkey"]);
  assert.deepEqual(
    wrong.filter((name) => !joined.has(name)),
    [],
  );
});

test("names that only look like them", () => {
  assert.deepEqual(names(harmless).filter(isMaskedName), []);
});

test("an unclear parameter is a credential when its value is no short word", () => {
  for (const name of ["code", "key", "KEY"]) {
    assert.equal(isMaskedParameter(name, "AIzaSy"), true, name);
    assert.equal(isMaskedParameter(name, "DE"), false, name);
  }
  assert.equal(isMaskedParameter("country", "Deutschland"), false);
});
