"""OAI-PMH answers to put together."""

from harvester.http.response import Response

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
ADDRESS = "http://127.0.0.1/oai"
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></oai_dc:dc>'
)


def response(body: str | bytes, *, status: int = 200, content_type: str = "text/xml") -> Response:
    sent = body.encode() if isinstance(body, str) else body
    return Response(status, ADDRESS, {"content-type": content_type}, sent)


def header(
    identifier: str, *, sets: tuple[str, ...] = (), status: str = "", datestamp: str = "2024-01-02"
) -> str:
    specs = "".join(f"<setSpec>{spec}</setSpec>" for spec in sets)
    return (
        f"<header{status}><identifier>{identifier}</identifier>"
        f"<datestamp>{datestamp}</datestamp>{specs}</header>"
    )


def record(identifier: str, metadata: str = DC) -> str:
    return f"<record>{header(identifier)}<metadata>{metadata}</metadata></record>"


def envelope(content: str, *, request: str = "", declaration: str = '<?xml version="1.0"?>\n') -> str:
    return (
        f'{declaration}<OAI-PMH xmlns="{NAMESPACE}"><responseDate>2024-05-06T07:08:09Z</responseDate>'
        f"<request{request}>{ADDRESS}</request>{content}</OAI-PMH>"
    )


def listing(*records: str, token: str = "", verb: str = "ListRecords", declaration: str | None = None) -> str:
    content = f"<{verb}>{''.join(records)}{token}</{verb}>"
    request = f' verb="{verb}" metadataPrefix="oai_dc"'
    if declaration is None:
        return envelope(content, request=request)
    return envelope(content, request=request, declaration=declaration)


def error(code: str, text: str = "told why") -> str:
    return f'<error code="{code}">{text}</error>'
