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


def drive(
    port: int, path: str, token: str, bodies: Iterable[bytes], clients: int, *, every: float | None = None
) -> Load:
    """Send every body, from ``clients`` connections at once, and wait for each answer.

    With ``every`` each client sends one so many seconds after the other, as people scan; what comes late because
    the answer before was slow, counts from when it was due.
    """
    return asyncio.run(_drive(port, path, token, bodies, clients, every))


async def _drive(port: int, path: str, token: str, bodies: Iterable[bytes], clients: int, every: float | None) -> Load:
    queue = iter(bodies)
    latencies: list[float] = []
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    head += "content-type: application/json\r\n"

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        due = time.perf_counter() + (every or 0.0) * number / clients
        for body in queue:
            start = time.perf_counter()
            if every is not None:
                await asyncio.sleep(max(0.0, due - start))
                start, due = due, due + every
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
    await asyncio.gather(*(client(number) for number in range(clients)))
    return Load(len(latencies) / (time.perf_counter() - start), latencies)
