"""Shows that a program for Linux cannot open a connection: offline.py PROGRAM.

It imports nothing from the C library that makes, binds or connects a socket, or looks up the address of a
host. What is not imported cannot be called: only a program for glibc, which is linked to it dynamically,
shows that.
"""

import subprocess
import sys

# `socketpair` and `sendmsg` are not among them: the standard library hands file descriptors to its own
# child processes with them.
CONNECTING = {
    "accept", "accept4", "bind", "connect", "freeaddrinfo", "getaddrinfo", "gethostbyaddr", "gethostbyname",
    "getnameinfo", "listen", "recvfrom", "res_init", "sendto", "socket",
}


def imports(program: str) -> set[str]:
    """The functions that a program takes from libraries."""
    listed = subprocess.run(
        ["nm", "--dynamic", "--undefined-only", "--format=posix", program],
        check=True, capture_output=True, text=True,
    )
    return {line.split("@")[0].split(" ")[0] for line in listed.stdout.splitlines()}


if __name__ == "__main__":
    imported = imports(sys.argv[1])
    if "open64" not in imported and "open" not in imported:
        sys.exit("it imports no `open`: this is not a program that is linked to the C library")
    found = sorted(imported & CONNECTING)
    if found:
        sys.exit(f"it may open connections: it imports {', '.join(found)}")
    print("no function that opens a connection is imported")
