import { describe, expect, it } from "vitest";

import { hasForeignPassword, isConnectionName, isPlaceholder, isSecretValueName, mayServeAs, secretNamed } from "../../../src/semantics/auth/secrets.js";

describe("names of secrets", () => {
  it.each([
    ["JWT_SECRET", "signing"],
    ["jwtSecret", "signing"],
    ["jwt.secret", "signing"],
    ["JWT_SECRET_V2", "signing"],
    ["LINKEDIN_STATE_SECRET", "signing"],
    ["SLACK_SIGNING_SECRET", "signing"],
    ["APP_SECRET", "signing"],
    ["FACEBOOK_APP_SECRET", "credential"],
    ["TWITTER_ACCESS_TOKEN_SECRET", "credential"],
    ["GOOGLE_SECRET", "credential"],
    ["FIELD_ENCRYPTION_KEY", "encryption"],
    ["DB_PASSWORD", "password"],
    ["SMTP_PASS", "password"],
    ["DB_PASS_PROD", "password"],
    ["PASSWORD_RESET_SECRET", "shared"],
    ["CRON_SECRET", "shared"],
    ["STRIPE_WEBHOOK_SECRET", "shared"],
    ["HASH_SALT", "salt"],
    ["LITELLM_MASTER_KEY", "master"],
    ["ENCRYPTION_MASTER_KEY", "encryption"],
    ["SOME_SECRET", "shared"],
    ["OPENAI_API_KEY", "credential"],
    ["OPENAI_APIKEY", "credential"],
    ["MINIO_ACCESS_KEY", "credential"],
    ["SUPABASE_SERVICE_ROLE_KEY", "credential"],
    ["GITHUB_TOKEN", "credential"],
    ["HEALTH_CHECK_TOKEN", "credential"],
  ])("%s is for %s", (name, use) => expect(secretNamed(name)).toBe(use));

  it.each([
    "TOKEN_TTL",
    "ROWS_PER_PASS",
    "JWT_EXPIRES_IN",
    "JWT_SECRET_EXPIRY",
    "SALT_ROTATION",
    "BCRYPT_SALT_ROUNDS",
    "PASSWORD_MIN_LENGTH",
    "TEMPLATE_PASSWORD_RESET",
    "SECRET_MANAGER_PROJECT",
    "MAX_TOKENS",
    "OAUTH_TOKEN_URL",
    "SECRET_NAME",
    "AWS_ACCESS_KEY_ID",
    "PRIVATE_KEY_PATH",
    "SESSION_SECRET_ARN",
    "API_KEY_HEADER",
    "STRIPE_PUBLISHABLE_KEY",
    "SUPABASE_ANON_KEY",
    "NEXT_PUBLIC_API_KEY",
    "VITE_ACCESS_TOKEN",
    "REACT_APP_API_KEY",
    "VAPID_PUBLIC_KEY",
    "RECAPTCHA_SITE_KEY",
    "FIREBASE_API_KEY",
    "POSTHOG_API_KEY",
    "TEST_USER_PASSWORD",
    "E2E_TOKEN",
    "STRIPE_TEST_SECRET_KEY",
    "CACHE_KEY",
    "PWD",
    "NODE_ENV",
    "PORT",
    "",
  ])("%s is none", (name) => expect(secretNamed(name)).toBeNull());

  it("knows the names of connections, which a password may be part of", () => {
    expect(["DATABASE_URL", "MONGO_URI", "REDIS_URL", "PG_CONNECTION_STRING", "DB", "TEST_DATABASE_URL", "DB_HOST", "NEXT_PUBLIC_API_URL"].map(isConnectionName)).toEqual([true, true, true, true, true, false, false, false]);
  });
});

describe("values", () => {
  it.each([
    ["postgres://shop:hunter2@db.acme.io:5432/shop", true],
    ["mongodb+srv://admin:pa55@cluster0.abc.mongodb.net/app", true],
    ["mongodb://u:p@one.acme.io,two.acme.io/app", true],
    ["amqp://:p@mq.acme.io", true],
    ["postgres://postgres:postgres@localhost:5432/shop", false],
    ["postgres://postgres:postgres@127.0.0.1/shop", false],
    ["postgres://postgres:postgres@db:5432/shop", false],
    ["postgres://user:password@example.com/shop", false],
    ["postgres://user:<password>@db.acme.io/shop", false],
    ["postgres://localhost/shop", false],
    ["https://api.acme.io", false],
    ["secret", false],
  ])("%s has the password of somebody's server: %s", (text, expected) => expect(hasForeignPassword(text)).toBe(expected));

  it.each(["secret", "changeme", "your-secret-key", "keyboard cat", "postgres", "123456", "sk_test_abc"])("%s may serve as a secret", (text) => expect(mayServeAs("signing", text)).toBe(true));

  it.each(["", " ", "true", "none", "15m", "7 days", "not set", "Not configured", "./keys/private.pem", "/run/secrets/jwt", "https://vault.acme.io", "undefined", "-"])("%s may not", (text) => {
    expect(mayServeAs("signing", text)).toBe(false);
  });

  it("takes words for a state to be no credential", () => {
    expect(mayServeAs("credential", "stripe-unconfigured")).toBe(false);
    expect(mayServeAs("credential", "ollama")).toBe(false);
    expect(mayServeAs("signing", "missing-secret")).toBe(true);
  });

  it("knows what only fills the place of a credential", () => {
    expect(["dummy", "sk_test_placeholder", "your-api-key", "changeme", "test-key", ""].map((text) => isPlaceholder("credential", text))).toEqual([true, true, true, true, true, true]);
    expect(["sandbox-api-key", "minio"].map((text) => isPlaceholder("credential", text))).toEqual([false, false]);
    expect(["dummy", "changeme", ""].map((text) => isPlaceholder("signing", text))).toEqual([false, false, true]);
  });
});

describe("names of values that are secrets", () => {
  it.each(["password", "newPassword", "user_password", "accessToken", "access_token", "refreshToken", "apiKey", "openaiApiKey", "clientSecret", "supabaseServiceKey", "jwt", "authHeader", "cvv"])("%s", (name) =>
    expect(isSecretValueName(name)).toBe(true),
  );

  it.each(["token", "key", "secret", "hasPassword", "passwordHash", "hashedPassword", "apiKeyId", "apiKeys", "accessTokenExpiresAt", "pageToken", "publishableApiKey", "testPassword", "resetPasswordUrl", "forgotPassword"])(
    "but not %s",
    (name) => expect(isSecretValueName(name)).toBe(false),
  );
});
