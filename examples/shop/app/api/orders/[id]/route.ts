import { NextResponse } from "next/server";

import { getSession } from "@/lib/auth";
import { logger } from "@/lib/logger";
import { stripe } from "@/lib/payments";
import { prisma } from "@/lib/prisma";

interface Context {
  params: Promise<{ id: string }>;
}

export async function GET(_request: Request, { params }: Context) {
  const session = await getSession();
  if (!session) return NextResponse.json({ error: "Please sign in" }, { status: 401 });

  const { id } = await params;
  const order = await prisma.order.findUnique({ where: { id }, include: { items: true } });
  if (!order) return NextResponse.json({ error: "No such order" }, { status: 404 });

  return NextResponse.json(order);
}

export async function DELETE(_request: Request, { params }: Context) {
  const session = await getSession();
  if (!session) return NextResponse.json({ error: "Please sign in" }, { status: 401 });

  const { id } = await params;
  try {
    await prisma.$transaction(async (tx) => {
      const order = await tx.order.update({
        where: { id, userId: session.userId },
        data: { status: "cancelled" },
        include: { items: true },
      });

      if (order.paymentId) await stripe.refunds.create({ payment_intent: order.paymentId });

      for (const item of order.items) {
        await prisma.product.update({ where: { id: item.productId }, data: { stock: { increment: item.quantity } } });
      }
    });
    return NextResponse.json({ cancelled: true });
  } catch (error) {
    logger.error(`could not cancel order ${id}: ${(error as Error).message}`);
    return NextResponse.json({ error: "The order could not be cancelled" }, { status: 500 });
  }
}
