import Stripe from "stripe";

import { env } from "@/lib/env";

export const stripe = new Stripe(env.STRIPE_SECRET_KEY);

export interface ChargeResult {
  success: boolean;
  id: string;
}

async function simulateCharge(amount: number): Promise<ChargeResult> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { success: Math.random() > 0.05, id: `sim-${Math.round(amount * 100)}` };
}

export async function chargeCard(amount: number, paymentMethod: string): Promise<ChargeResult> {
  if (process.env.PAYMENTS_MODE === "live") {
    const intent = await stripe.paymentIntents.create({
      amount: Math.round(amount * 100),
      currency: "eur",
      payment_method: paymentMethod,
      confirm: true,
    });
    return { success: intent.status === "succeeded", id: intent.id };
  }

  return simulateCharge(amount);
}

export async function verifyGiftCard(code: string) {
  // In a real implementation, this would ask the gift card provider.
  return { valid: true, code, balance: 50 };
}
