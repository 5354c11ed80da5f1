"""Lets Elasticsearch's client speak with OpenSearch too.

The client asks for a media type that only Elasticsearch knows and refuses a server that does not
present itself as Elasticsearch. What the product uses (index, bulk, search, aggregations, aliases,
scroll) is the same in both, so one client does for either. Elastic does not support this use; the
contract tests prove it on real servers of both kinds.
"""

import dataclasses
import re
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT, DefaultType

# "application/vnd.elasticsearch+x-ndjson; compatible-with=8" is x-ndjson to everybody else.
OWN_TYPE = re.compile(r"application/vnd\.elasticsearch\+([\w.-]+)\s*;\s*compatible-with=\d+")
PRODUCT = "x-elastic-product"


class PlainNode(Urllib3HttpNode):
    """A connection that names plain media types and vouches for the server's product.

    It does no harm on Elasticsearch, which takes plain types as those of its own version.
    """

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: float | DefaultType | None = DEFAULT,
    ) -> Any:
        """Send the request; raises what the client's own connection raises."""
        # A copy: the client keeps and locks the one it gives.
        plain = HttpHeaders(headers or {})
        for name in {"accept", "content-type"} & set(plain):
            plain[name] = OWN_TYPE.sub(r"application/\1", plain[name])
        answer = super().perform_request(method, target, body, plain, request_timeout)
        seen = HttpHeaders(answer.meta.headers)
        seen[PRODUCT] = "Elasticsearch"
        return answer._replace(meta=dataclasses.replace(answer.meta, headers=seen))
