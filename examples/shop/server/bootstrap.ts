import bcrypt from "bcryptjs";

import { prisma } from "../lib/prisma";

export async function ensureAdmin() {
  const admin = await prisma.user.findFirst({ where: { role: "admin" } });
  if (admin) return;

  await prisma.user.create({
    data: {
      email: "admin@shop.example.com",
      name: "Shop admin",
      role: "admin",
      passwordHash: await bcrypt.hash("admin123", 10),
    },
  });
  console.log("created the first admin");
}
