"""What the desk does: own links, announcements, tasks and decisions about messages."""
