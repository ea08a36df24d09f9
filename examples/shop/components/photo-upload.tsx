"use client";

import { useState, type ChangeEvent } from "react";

export function PhotoUpload({ productId }: { productId: string }) {
  const [preview, setPreview] = useState<string | null>(null);

  async function upload(event: ChangeEvent<HTMLInputElement>) {
    const photo = event.target.files?.[0];
    if (!photo) return;

    const body = new FormData();
    body.set("photo", photo);
    body.set("productId", productId);

    const response = await fetch("/api/upload", { method: "POST", body });
    const saved = await response.json();
    setPreview(saved.url);
  }

  return (
    <label>
      New photo
      <input type="file" accept="image/*" onChange={upload} />
      {preview && <img src={preview} alt="" />}
    </label>
  );
}
