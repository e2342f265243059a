# A streaming replica: the first start copies the primary; each follows whichever server is the primary now.
set -eu
PGPASSWORD=$(cat /run/secrets/database_password)
export PGPASSWORD
servers="host=database,replica-a,replica-b user=citysolidarity password=$PGPASSWORD connect_timeout=2"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    pg_basebackup --dbname="$servers target_session_attrs=read-write" --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast
    touch "$PGDATA/standby.signal"
    name=$(hostname | tr - _)
    cat >> "$PGDATA/postgresql.auto.conf" <<SETTINGS
primary_conninfo = '$servers target_session_attrs=read-write application_name=$name'
wal_receiver_timeout = 5s
SETTINGS
fi
exec postgres -c hot_standby_feedback=on -c max_connections=60
