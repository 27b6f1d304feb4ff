"""Whether there is room for a message on one of the first days, as the explanation of a case answers it."""

from policies.matter import Matter


def room_today(matter: Matter) -> str:
    """There is room for one more message."""
    room = matter.case.live_room
    if room is None or matter.look.as_of >= room.ends:
        return "Yes: nothing limits how much leaves today"
    return f"Yes: {room.left} of the {room.most} messages of this day may still leave"
