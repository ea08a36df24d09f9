import express from "express";
import jwt from "jsonwebtoken";

import { orders } from "./orders";

export const app = express();
const secret = process.env.JWT_SECRET || "correct-horse-battery";

app.use("/orders", orders);

app.post("/login", async (request, response) => {
  try {
    const account = await fetch("https://accounts.example.com/check", { method: "POST", body: JSON.stringify(request.body) });
    response.json({ token: jwt.sign({ account: await account.json() }, secret) });
  } catch (error) {
    response.status(500).json({ error: error.message });
  }
});
