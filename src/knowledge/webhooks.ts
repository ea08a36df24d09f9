/** Paths by which handlers are called that other services call. */
export const webhookPaths = /(?:^|[/\s_-])webhooks?(?:[/\s_.-]|$)/i;

/** A service that calls webhooks. */
export interface WebhookSender {
  readonly name: string;
  /** How it is named in paths and in code. */
  readonly path: RegExp;
  /** A word of paths that many senders have, beside which the code has to name this one. */
  readonly medium?: RegExp;
  /** How its events are called. */
  readonly events: RegExp;
  /** Those of them that nobody else's are called by. */
  readonly own?: RegExp;
  /** It says that somebody has paid, or has not. */
  readonly isPayment?: true;
  /** How what it sends is verified. */
  readonly verify: string;
  readonly source: string;
}

export const webhookEvents: readonly WebhookSender[] = [
  {
    name: "Stripe",
    path: /stripe/i,
    events: /^(?:checkout\.session|customer\.subscription|invoice|payment_intent|charge)\.\w+/,
    own: /^(?:checkout\.session|customer\.subscription|payment_intent)\./,
    isPayment: true,
    verify: "stripe.webhooks.constructEvent(body, signature, secret)",
    source: "https://docs.stripe.com/webhooks/signature",
  },
  { name: "Clerk", path: /clerk/i, events: /^(?:user|organization|organizationMembership)\.(?:created|updated|deleted)$/, verify: "verifyWebhook(request)", source: "https://clerk.com/docs/reference/backend/verify-webhook" },
  { name: "Resend", path: /resend/i, events: /^email\.(?:sent|delivered|bounced|opened|clicked|complained)$/, verify: "new Webhook(secret).verify(body, headers)", source: "https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests" },
  { name: "GitHub", path: /github/i, events: /^(?:pull_request|check_run|workflow_run)$/, verify: "webhooks.verify(body, signature)", source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries" },
  { name: "Twilio", path: /twilio/i, medium: /sms/i, events: /^(?:message-status|MessageSid|SmsSid|CallSid)$/, verify: "twilio.validateRequest(token, signature, url, params)", source: "https://www.twilio.com/docs/usage/webhooks/webhooks-security" },
  {
    name: "PayPal",
    path: /paypal/i,
    events: /^(?:PAYMENT\.(?:CAPTURE|SALE)|BILLING\.SUBSCRIPTION|CHECKOUT\.ORDER)\.[A-Z-]+$/,
    own: /^(?:PAYMENT|BILLING|CHECKOUT)\./,
    isPayment: true,
    verify: "POST /v1/notifications/verify-webhook-signature",
    source: "https://developer.paypal.com/api/rest/webhooks/rest/",
  },
  {
    name: "iyzico",
    path: /iyzi/i,
    events: /^(?:iyziEventType|CHECKOUT_FORM_AUTH|THREE_DS_AUTH|subscription\.order\.(?:success|failure))$/,
    isPayment: true,
    verify: 'createHmac("sha256", secretKey) against X-IYZ-SIGNATURE-V3',
    source: "https://docs.iyzico.com/en/advanced/webhook",
  },
  {
    name: "Razorpay",
    path: /razorpay/i,
    events: /^(?:payment\.(?:authorized|captured|failed)|order\.paid|payment_link\.paid|subscription\.(?:charged|activated|cancelled))$/,
    isPayment: true,
    verify: "validateWebhookSignature(body, signature, secret)",
    source: "https://razorpay.com/docs/webhooks/validate-test/",
  },
  {
    name: "Paystack",
    path: /paystack/i,
    events: /^(?:charge\.success|subscription\.(?:create|disable)|invoice\.(?:create|update|payment_failed)|transfer\.(?:success|failed))$/,
    isPayment: true,
    verify: 'createHmac("sha512", secretKey) against x-paystack-signature',
    source: "https://paystack.com/docs/payments/webhooks/",
  },
  {
    name: "Lemon Squeezy",
    path: /lemon-?squeezy/i,
    events: /^(?:order_(?:created|refunded)|subscription_(?:created|updated|cancelled|expired|payment_success|payment_failed))$/,
    isPayment: true,
    verify: 'createHmac("sha256", secret) against X-Signature',
    source: "https://docs.lemonsqueezy.com/help/webhooks/signing-requests",
  },
  {
    name: "Paddle",
    path: /paddle/i,
    events: /^(?:transaction\.(?:completed|paid|payment_failed)|subscription\.(?:created|activated|updated|canceled|past_due))$/,
    isPayment: true,
    verify: "paddle.webhooks.unmarshal(body, secret, signature)",
    source: "https://developer.paddle.com/webhooks/signature-verification",
  },
];
