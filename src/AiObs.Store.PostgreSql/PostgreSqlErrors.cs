using System.Data.Common;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>Says in plain words what went wrong, and what to do.</summary>
internal static class PostgreSqlErrors
{
    private const string IntegrityClass = "23";
    private const string ReadOnlyTransaction = "25006";

    public static StoreException Explain(string place, DbException exception) => new(
        $"{Describe(place, exception)} ({exception.Message})",
        exception.IsTransient || exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown },
        exception);

    /// <summary>Says that somebody else has the lock of those who write.</summary>
    public static StoreException Locked(string place, DbException exception) => new(
        $"Another connection to {place} has kept the lock of the log for longer than \"Command Timeout\". Find it in pg_locks, where locktype is advisory, and end what it does; "
        + $"or raise the timeout in the connection string. Nothing was written. ({exception.Message})",
        isTransient: true,
        exception);

    private static string Describe(string place, DbException exception) => exception is PostgresException { SqlState: var state }
        ? Describe(place, state)
        : exception.InnerException is TimeoutException
        ? $"{place} did not answer within \"Command Timeout\". See what it is busy with, or raise the timeout in the connection string; what was acknowledged is safe."
        : $"The connection to {place} failed. See that the server runs and can be reached; what was acknowledged is safe.";

    private static string Describe(string place, string state) => state switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user may not do this in {place}. The first start creates tables and needs CREATE on the schema; later ones need SELECT, INSERT, UPDATE and DELETE on them.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The server did not accept the user for {place}. Check user name and password in the connection string.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no {place}. Create it, or name another one in the connection string.",
        PostgresErrorCodes.InvalidSchemaName => $"There is no schema to create tables in. Create the one that the search path of the connection to {place} names.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.DuplicateTable =>
            $"A table of AiObs is missing from {place}: somebody has dropped it. Restore a backup, or name another schema as search path to start anew.",
        PostgresErrorCodes.DiskFull => $"The disk of {place} is full. Make room; what was committed is safe.",
        PostgresErrorCodes.TooManyConnections => $"{place} has no connection left. Raise max_connections, or lower \"Maximum Pool Size\" in the connection strings.",
        ReadOnlyTransaction => $"{place} is read-only, such as a standby. Connect to the primary server.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"The server of {place} stops or starts. Try again; what was acknowledged is safe.",
        _ when state.StartsWith(IntegrityClass, StringComparison.Ordinal) =>
            $"{place} refused a change that its rules do not allow. If nothing else writes to these tables, verify the log.",
        _ => $"PostgreSQL failed on {place}.",
    };
}
