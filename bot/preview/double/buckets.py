"""Rate limits, counted as Discord counts them."""

from __future__ import annotations

import time


class Bucket:
    """A fixed window: it opens with the first request and refills whole."""

    def __init__(self, limit: int, per: float) -> None:
        self.limit, self.per = limit, per
        self.used, self.ends = 0, 0.0

    def take(self, now: float) -> bool:
        """Count a request at `now` (seconds, any monotonic clock); False when the window is used up."""
        if now >= self.ends:
            self.used, self.ends = 0, now + self.per
        if self.used >= self.limit:
            return False
        self.used += 1
        return True

    def wait(self, now: float) -> float:
        """Seconds until the window refills, a millisecond late rather than early."""
        return max(self.ends - now, 0.0) + 0.001

    def headers(self, now: float, name: str) -> dict[str, str]:
        """The `X-RateLimit-*` headers of a reply."""
        wait = self.wait(now)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": name,
        }
