import { PrismaClient } from "@prisma/client";
import { type Request, type Response, Router } from "express";

const prisma: PrismaClient = new PrismaClient();

export const orders = Router();

interface Change {
  readonly stock: number;
}

orders.post("/clear", async (_request: Request, response: Response): Promise<void> => {
  await prisma.order.deleteMany({});
  response.sendStatus(204);
});

orders.post("/buy/:id", async (request: Request<{ id: string }, unknown, Change>, response: Response): Promise<void> => {
  const product = await prisma.product.findUniqueOrThrow({ where: { id: Number(request.params.id) } });
  await prisma.product.update({ where: { id: product.id }, data: { stock: product.stock - 1 } });
  [1, 2].forEach(async (number) => {
    await prisma.order.create({ data: { number, productId: product.id } });
  });
  response.json({ ok: true } satisfies { ok: boolean });
});
