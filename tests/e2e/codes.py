"""One code logs in once: which codes the browser tests have used, and the next fresh one."""

import time

from tests.e2e.test_accounts import code_of

_used: dict[str, str] = {}


def fresh_code(secret: str) -> str:
    """Return a code that these tests have not used yet; wait for the app's next when they have."""
    code = code_of(secret)
    while _used.get(secret) == code:
        time.sleep(0.5)
        code = code_of(secret)
    _used[secret] = code
    return code
