"""What the desk does: own links, news of classes, tasks and decisions about messages."""
