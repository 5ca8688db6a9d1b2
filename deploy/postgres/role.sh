#!/bin/sh
# Run once by the postgres image on an empty data folder: the role of the program owns nothing but its schema and is no superuser, who would pass row-level security.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d samtila -v password="$(cat /run/secrets/records_password)" <<'SQL'
CREATE ROLE samtila LOGIN PASSWORD :'password';
GRANT CREATE, CONNECT ON DATABASE samtila TO samtila;
SQL
