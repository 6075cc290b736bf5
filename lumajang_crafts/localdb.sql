-- What the local database holds before the first migration. Run by psql as the superuser.

SELECT 'CREATE ROLE lumajang_owner LOGIN CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lumajang_owner') \gexec
SELECT 'CREATE ROLE lumajang_app LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lumajang_app') \gexec

-- Test databases are copies of template1, and only a superuser may create all of these.
\connect template1
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Nothing can be copied from template1 while we are connected to it.
\connect postgres
SELECT 'CREATE DATABASE lumajang OWNER lumajang_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lumajang') \gexec
REVOKE ALL ON DATABASE lumajang FROM PUBLIC;
GRANT CONNECT ON DATABASE lumajang TO lumajang_app;

\connect lumajang
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
