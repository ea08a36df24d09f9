import jwt from "jsonwebtoken";
import type { NextApiRequest, NextApiResponse } from "next";

import { unsubscribeLink } from "@/lib/auth";
import { sendMail } from "@/lib/mail";
import { prisma } from "@/lib/prisma";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === "GET") {
    const claims = jwt.decode(String(req.query.token)) as { email?: string } | null;
    await prisma.subscriber.deleteMany({ where: { email: claims?.email } });
    return res.status(200).send("You will not hear from us again.");
  }

  try {
    const { email } = req.body;
    prisma.subscriber.create({ data: { email } });
    await sendMail(email, "You are on the list", `Changed your mind? ${unsubscribeLink(email)}`);
    return res.status(201).json({ subscribed: true });
  } catch (error) {
    console.error("newsletter", error);
  }
}
