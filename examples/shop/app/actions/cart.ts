"use server";

import { z } from "zod";

import { getSession } from "@/lib/auth";
import { prisma } from "@/lib/prisma";

const cartLine = z.object({ productId: z.string().cuid(), quantity: z.number().int().min(1).max(20) });

export async function addToCart(input: z.infer<typeof cartLine>) {
  const session = await getSession();
  if (!session) return { added: false, message: "Please sign in first." };

  const { productId, quantity } = cartLine.parse(input);
  await prisma.cartItem.upsert({
    where: { userId_productId: { userId: session.userId, productId } },
    create: { userId: session.userId, productId, quantity },
    update: { quantity: { increment: quantity } },
  });

  return { added: true, message: "It is in your cart." };
}
