import axios from "axios";

const mailApi = axios.create({
  baseURL: process.env.MAIL_API_URL,
  headers: { Authorization: `Bearer ${process.env.MAIL_API_KEY}` },
});

export async function sendMail(to: string, subject: string, text: string) {
  const { data } = await mailApi.post("/messages", { from: "hello@shop.example.com", to, subject, text });
  console.log("📧 mail sent", subject, data.id);
  return data.id as string;
}
