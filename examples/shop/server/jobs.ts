import { sendMail } from "../lib/mail";
import { prisma } from "../lib/prisma";
import { bookPickup } from "../lib/shipping";

const day = 24 * 60 * 60 * 1000;

async function remindOfCarts() {
  const carts = await prisma.cartItem.findMany({
    where: { updatedAt: { lt: new Date(Date.now() - day) } },
    include: { user: true, product: true },
    take: 500,
  });

  carts.forEach(async (cart) => {
    await sendMail(cart.user.email, "Still thinking about it?", `${cart.product.name} is waiting in your cart.`);
  });
  console.log("reminded", carts.length, "customers");
}

export function startJobs() {
  setInterval(async () => {
    const orders = await prisma.order.findMany({ where: { status: "paid", flag: false }, take: 100 });
    for (const order of orders) {
      await bookPickup(order.id);
      await prisma.order.update({ where: { id: order.id }, data: { flag: true } });
    }
  }, 60_000);

  setInterval(remindOfCarts, day);
}
