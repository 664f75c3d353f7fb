"""Whose report each one in the store is, of which year, and which reports stand beside it."""

from multiprocessing.connection import Connection

import msgspec

from validator.comparison import Identity, Origin, find_units, identify, identify_names, names_of
from validator.comparison.bodies import folder_of
from validator.config import Config, Unit

from .store import Place, Store

_MANY = 20_000

Placed = tuple[list[Unit], dict[str, str]]
"""The units to compare, and the keys of the bodies that these and the waivers name."""
_decoder: msgspec.msgpack.Decoder[Placed | None] = msgspec.msgpack.Decoder(Placed | None)


def place_reports(store: Store, config: Config) -> Placed | None:
    """Give every report in the store its place; None if there are not two of them.

    To tell bodies apart takes all names and paths at once. Where they are many, a process of its own does it, so that
    what that takes is given back.
    """
    if store.done() <= _MANY or store.folder is None:
        return _place(store, config)
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_place_apart, args=(theirs, store, config), daemon=True)
    try:
        process.start()
    except OSError:  # no room for a process
        return _place(store, config)
    finally:
        theirs.close()
    try:
        return _decoder.decode(ours.recv_bytes())
    except EOFError:  # it was killed
        return _place(store, config)
    finally:
        ours.close()
        process.kill()
        process.join()


def _place_apart(pipe: Connection, store: Store, config: Config) -> None:
    pipe.send_bytes(msgspec.msgpack.encode(_place(store, config)))


def _place(store: Store, config: Config) -> Placed | None:
    placed = list(store.origins())
    if len(placed) < 2:
        return None
    origins = [origin for _, origin in placed]
    identities = identify(origins, config.renamed)
    store.put_places(_find_place(number, origin, i) for (number, origin), i in zip(placed, identities, strict=True))
    units = [*config.units, *find_units(identities, [origin.source for origin in origins])]
    names = dict.fromkeys([*names_of(units), *(waiver.body for waiver in config.waivers if waiver.body)])
    return units, identify_names(list(names), origins, config.renamed) if names else {}


def _find_place(number: int, origin: Origin, identity: Identity) -> Place:
    """Place a report: its siblings are those of the folder around the folder of its body."""
    return Place(number, identity, "/".join(folder_of(origin.source)[:-1]))
