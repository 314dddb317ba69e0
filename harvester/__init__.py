"""From files and servers to raw records; knows no catalogue."""
