"""A load of HTTP clients that costs little itself: keep-alive connections, requests written by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came of a load: requests per second and the latencies in milliseconds."""

    rate: float
    latencies: Sequence[float]

    def percentile(self, share: float) -> float:
        """Return the latency below which ``share`` of the requests stayed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def drive(port: int, path: str, token: str, bodies: Iterable[bytes], clients: int) -> Load:
    """Send every body, from ``clients`` connections at once, and wait for each answer."""
    return asyncio.run(_drive(port, path, token, bodies, clients))


async def _drive(port: int, path: str, token: str, bodies: Iterable[bytes], clients: int) -> Load:
    queue = iter(bodies)
    latencies: list[float] = []
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    head += "content-type: application/json\r\n"

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in queue:
            start = time.perf_counter()
            writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
            header = await reader.readuntil(b"\r\n\r\n")
            lowered = header.lower()
            length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0])
            answer = await reader.readexactly(length)
            latencies.append((time.perf_counter() - start) * 1000)
            if b" 200 " not in header.split(b"\r\n")[0]:
                raise RuntimeError(answer.decode())
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return Load(len(latencies) / (time.perf_counter() - start), latencies)
