"""What is packed in a PDF is weighed before it is opened."""


def refuse_bombs(data: bytes) -> None:
    """Raise ReadError if the file unpacks to far more than a report."""
