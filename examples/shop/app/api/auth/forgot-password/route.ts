import { NextResponse } from "next/server";

import { sendMail } from "@/lib/mail";
import { prisma } from "@/lib/prisma";

const appUrl = process.env.APP_URL || "http://localhost:3000";

export async function POST(request: Request) {
  const { email } = await request.json();

  const user = await prisma.user.findFirst({ where: { email } });
  if (!user) return NextResponse.json({ error: "No account with this e-mail" }, { status: 404 });

  const resetToken = Math.random().toString(36).slice(2) + Date.now().toString(36);
  await prisma.user.update({ where: { id: user.id }, data: { resetToken } });

  const link = `${appUrl}/reset-password?token=${resetToken}`;
  console.log("reset link", link);
  await sendMail(email, "Choose a new password", `Follow this link to choose a new password: ${link}`);

  return NextResponse.json({ sent: true });
}
