import sys

from articket.cli import main

if __name__ == "__main__":
    sys.exit(main())
