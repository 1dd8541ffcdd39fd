"""What the desk sends out: own links to whoever asks for them, news of classes."""
